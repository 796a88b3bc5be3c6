"""Images: fingerprints of pictures (PDQ, MD5, SHA-256), how they compare, and banks of them. Pictures are not kept.

Nothing here needs more than the standard library to import. Decoding needs numpy and OpenCV and says so where they are
missing; comparing and searching hashes works without them.
"""
