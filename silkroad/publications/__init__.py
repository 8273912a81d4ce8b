"""Publications: a visitor shows their own conversation to whoever has a link. Clause 5.3.

Nothing of Silkroad can be read by people who are nobody here, but what its own author published,
after they were told what for, which kinds of data and how delicate they are, and pressed yes. That
is the record of disclosure, and without a living one there is no page. The company decides whether
its visitors may do so at all; it cannot do it for them. What is shown ends with what was said by
then, names nobody, and shows no file.

The way of a link: ``routes.publish`` → ``actions.publish`` → ``routes.pages`` → ``actions.shown``.
"""

from .jobs import job_actions
from .privacy import DECLARATIONS
from .routes import operations, pages

__all__ = ["DECLARATIONS", "job_actions", "operations", "pages"]
