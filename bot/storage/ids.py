"""Numbers that rows can have. Buttons and typed words carry any number; a database takes few of them."""

LARGEST = 2**31 - 1


def possible(id: int) -> bool:
    """Whether a row could have this id: asking a database for any other would be a fault."""
    return 0 < id <= LARGEST
