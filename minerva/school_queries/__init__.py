"""Schools of an institution: the gallery that it holds, and its questions which school a uniform is of.

Both are the institution's own. A photo or crop comes in as bytes of one request and is forgotten with it; a question
keeps what was said in words, and the schools that were found.
"""

from minerva.school_queries.gallery import school_gallery
from minerva.school_queries.identifying import schools_identify
from minerva.school_queries.importing import schools_pictures
from minerva.school_queries.queries import school_queries
from minerva.tenancy.answering import Operations

IDENTIFYING: Operations = {"schools_identify": schools_identify, "schools_pictures": schools_pictures}
"""What the door asks by which pictures enter."""
OPERATIONS: Operations = {"school_gallery": school_gallery, "school_queries": school_queries, **IDENTIFYING}

__all__ = ["IDENTIFYING", "OPERATIONS"]
