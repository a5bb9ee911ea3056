"""The one exception that the command line shows without a stack trace."""


class UserError(Exception):
    """A problem that the person at the keyboard can solve.

    :param message: what is wrong, in one sentence
    :param remedy: what to do about it, one line per way
    """

    def __init__(self, message: str, *remedy: str):
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return "\n".join([self.message, *(f"  -> {line}" for line in self.remedy)])
