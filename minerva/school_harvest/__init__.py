"""Pictures of crests, ties and garments from schools' own websites, politely and without people, for a gallery.

Runs on the host of the inputs, where fetching and the native package are; what it writes is what
`python -m minerva.schools build` reads.
"""
