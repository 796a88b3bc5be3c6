"""Banks of image hashes of an institution: who may hash a picture, what is held against what, what people say of it.

Pictures come in as bytes of one request and leave as hashes; minerva/images opens them and compares the hashes.
"""

from minerva.image_banks.banks import image_banks
from minerva.image_banks.feedback import image_feedback
from minerva.image_banks.hashes import image_hashes
from minerva.image_banks.hashing import hash_picture
from minerva.image_banks.searching import image_match, image_review, image_search
from minerva.image_banks.shares import image_shares
from minerva.tenancy.answering import Operations

OPERATIONS: Operations = {
    "image_banks": image_banks,
    "image_hashes": image_hashes,
    "image_search": image_search,
    "image_match": image_match,
    "image_review": image_review,
    "image_feedback": image_feedback,
    "image_shares": image_shares,
}
HASHING: Operations = {"images_hash": hash_picture}
"""What the door asks by which pictures enter."""

__all__ = ["HASHING", "OPERATIONS"]
