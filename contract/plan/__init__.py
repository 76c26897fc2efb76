"""Which requests are sent, in which order, and what each is for.

A stage is a generator: it yields a case, is sent the answer, and may base the next case on it.
"""
