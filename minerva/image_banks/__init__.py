"""Banks of image hashes of an institution: who may hash a picture, what is held against what, what people say of it.

Pictures come in as bytes of one request and leave as hashes; minerva/images opens them and compares the hashes.
"""

from minerva.image_banks.hashing import hash_picture
from minerva.tenancy.answering import Operations

HASHING: Operations = {"images_hash": hash_picture}
"""What the door asks by which pictures enter."""

__all__ = ["HASHING"]
