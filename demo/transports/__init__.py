"""Sources of the catalogue, read from servers and folders on this machine that give out each source's own sample.

One source or more for each transport: what is served has the shape that the source's facts and sample state.
"""
