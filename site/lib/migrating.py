"""Migrating by what a migration names, not by all models there are."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState, StateApps
from django.db.migrations.utils import resolve_relation
from django.db.models import Field
from django.utils.functional import SimpleLazyObject, empty

Key = tuple[str, str]  # label of the app, name of the model in lower case
_KEPT = ("db_table", "managed", "proxy", "swappable")  # what a pointing table has to know of another


class Narrowly(Operation):
    """Operations carried out before a state of the tables they name and the keys these point to.

    Django renders the models that hang together anew with each operation; here that is nearly all of several
    hundred, and takes longer than everything else of a first start. These operations see a handful.

    For tables, columns, indexes and constraints. Not for RunPython, and not for renaming or retyping what
    other tables point to: those are not in sight.
    """

    def __init__(self, *operations: Operation) -> None:
        self.operations = operations

    @property
    def reversible(self) -> bool:  # type: ignore[override]
        """Tell whether all of them can be taken back."""
        return all(operation.reversible for operation in self.operations)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return how to write it into a file."""
        return type(self).__qualname__, list(self.operations), {}

    def describe(self) -> str:
        """Say what is done."""
        return "; ".join(operation.describe() for operation in self.operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Bring the whole state up to date; it is rendered again when somebody asks for models.

        A state without models stays one: who only reads what migrations say (`makemigrations`, `migrate`
        where little is to do) would otherwise render with each operation that follows.
        """
        rendered = state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if rendered is not None:
            state.__dict__["apps"] = _Unrendered(state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Do one after the other."""
        for operation, before, after in self._steps(app_label, from_state, to_state):
            operation.database_forwards(app_label, schema_editor, before, after)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take back the last first."""
        for operation, before, after in reversed(list(self._steps(app_label, to_state, from_state))):
            operation.database_backwards(app_label, schema_editor, after, before)

    def _steps(
        self, app_label: str, first: ProjectState, last: ProjectState
    ) -> Iterator[tuple[Operation, ProjectState, ProjectState]]:
        named = {(app_label, _named(operation)) for operation in self.operations}
        before = _narrow(named, first, last)
        for operation in self.operations:
            after = before.clone()
            operation.state_forwards(app_label, after)
            yield operation, before, after
            before = after


class _Unrendered(SimpleLazyObject):
    """The models of a state, rendered when somebody asks: most operations that follow do not."""

    def __init__(self, state: ProjectState) -> None:
        super().__init__(lambda: StateApps(sorted(state.real_apps), state.models))
        self.__dict__["_state"] = state

    def clone(self) -> Any:
        """Return the same of a state of its own: this one goes on."""
        rendered = self.__dict__["_wrapped"]
        if rendered is not empty:
            return rendered.clone()
        state = self.__dict__["_state"]
        models = {key: model.clone() for key, model in state.models.items()}
        return _Unrendered(ProjectState(models, state.real_apps))


def _named(operation: Any) -> str:
    return str(getattr(operation, "model_name", None) or operation.name).lower()


def _narrow(named: set[Key], first: ProjectState, last: ProjectState) -> ProjectState:
    small = ProjectState({key: first.models[key].clone() for key in named if key in first.models})
    models = [state.models[key] for state in (first, last) for key in named if key in state.models]
    waiting = _pointed_to(models) - named
    while waiting:
        stubs = [_stub(last.models[key]) for key in waiting]
        small.models |= {(stub.app_label, stub.name_lower): stub for stub in stubs}
        waiting = _pointed_to(stubs) - named - small.models.keys()
    return small


def _stub(model: ModelState) -> ModelState:
    """Return a model as those who point to it need it: its plain columns and its key."""
    fields = {name: field.clone() for name, field in model.fields.items() if _is_plain(field)}
    options = {name: value for name, value in model.options.items() if name in _KEPT}
    return ModelState(model.app_label, model.name, fields, options, model.bases)


def _is_plain(field: "Field[Any, Any]") -> bool:
    return field.primary_key or not field.is_relation


def _pointed_to(models: Iterable[ModelState]) -> set[Key]:
    """Return what the columns of `models` point to, and what they are built on."""
    found = set()
    for model in models:
        related: list[Any] = [base for base in model.bases if isinstance(base, str)]
        ends = [field.remote_field for field in model.fields.values() if field.is_relation]
        for end in ends:
            related += [getattr(end, "model", None), getattr(end, "through", None)]
        found |= {resolve_relation(one, model.app_label, model.name_lower) for one in related if one}
    return found
