"""Activities of the association: salons, fairs, trainings, festivals; who signs up and who came.

Nothing here is about the association alone: the classes of a course sign up and check in the same way.
"""
