import logging

from psycopg2 import IntegrityError, OperationalError

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.service.model import retrying

from odoo.addons.mlm_base.internal import as_internal

_logger = logging.getLogger(__name__)

# methods that may wait, each with the model that it belongs to
METHODS = [
    ("_change_sponsor", "Sponsor Change"),
    ("_suspend", "Suspension"),
    ("_reinstate", "End of a Suspension"),
    ("_decease", "Death"),
    ("_terminate", "Termination"),
    ("_readmit", "Readmission"),
    ("_promote", "Change of Kind"),
    ("_transfer", "Transfer of a Membership"),
    ("_add_co_holder", "New Co-holder"),
    ("_end_co_holder", "End of a Co-holder"),
    ("_merge_into", "Merge of Memberships"),
    ("_move", "Move of a Position"),
    ("_close", "Closing of a Position"),
    ("_remove", "Removal of a Position"),
    ("_reopen", "Reopening of a Position"),
]
_RUNNING = "mlm_operation_running"
# an object, which a caller from outside cannot put into the context
_TOKEN = object()


class MlmOperation(models.Model):
    """A change of the network that waits for its moment.

    Whoever planned it had the right to do it then. At its moment everything is
    checked again; what has become impossible is marked as failed and says why.
    """

    _name = "mlm.operation"
    _description = "Planned Change"
    _inherit = ["mlm.guarded", "mlm.of.network", "mail.thread", "mail.activity.mixin"]
    _order = "effective_at desc, id desc"
    _rec_name = "method"
    _check_company_auto = True
    _server_only = True
    _same_network = ("distributor_id", "position_id")

    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    distributor_id = fields.Many2one(
        "mlm.distributor", required=True, index=True, readonly=True, check_company=True
    )
    position_id = fields.Many2one("mlm.position", readonly=True, index="btree_not_null")
    method = fields.Selection(METHODS, string="Change", required=True, readonly=True)
    effective_at = fields.Datetime(string="Takes Effect on", required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Planned by", required=True, readonly=True)
    reason = fields.Text(required=True, readonly=True)
    attachment_id = fields.Many2one("ir.attachment", string="Document", readonly=True)
    # arguments of the method; records as {"model": …, "ids": […]}
    arguments = fields.Json(readonly=True)
    description = fields.Char(compute="_compute_description")
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
            ("failed", "Failed"),
        ],
        required=True,
        default="planned",
        readonly=True,
        index=True,
        tracking=True,
    )
    error = fields.Text(readonly=True)
    done_at = fields.Datetime(readonly=True)

    @api.depends("method", "distributor_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["method"]._description_selection(self.env))
        for operation in self:
            change = labels.get(operation.method, "")
            operation.display_name = f"{change}: {operation.distributor_id.display_name}"

    @api.depends("arguments")
    @api.depends_context("lang")
    def _compute_description(self):
        for operation in self:
            operation.description = operation._get_description()

    def _get_description(self):
        """Return the records that the change names, in words."""
        self.ensure_one()
        names = []
        for value in (self.arguments or {}).values():
            if isinstance(value, dict) and value.get("ids"):
                records = self.env[value["model"]].browse(value["ids"][:3]).exists()
                names += records.mapped("display_name")
        return ", ".join(names)

    @api.model
    def _plan(self, method, record, effective, reason, document=None, **values):
        """Plan ``record.method(reason, effective, document, **values)``.

        :param record: `mlm.distributor` or `mlm.position`
        :param effective: naive UTC datetime in the future
        :param values: arguments of the method: records, strings, numbers, booleans
        :raise UserError: the same change waits for this record already
        :return: the operation
        """
        position = record if record._name == "mlm.position" else False
        distributor = record.distributor_id if position else record
        domain = [
            ("method", "=", method),
            ("distributor_id", "=", distributor.id),
            ("position_id", "=", position.id if position else False),
            ("state", "=", "planned"),
        ]
        # sudo: whoever may do the change now may also plan it
        Operation = self.sudo()
        waiting = Operation.search(domain, limit=1)
        if waiting:
            raise UserError(
                self.env._(
                    "%(change)s of %(name)s is already planned for %(date)s. Cancel that one "
                    "first, under %(menu)s.",
                    menu=self.env["ir.ui.menu"]._get_mlm_path("mlm_genealogy.menu_operation"),
                    change=dict(self._fields["method"]._description_selection(self.env))[method],
                    name=record.display_name,
                    date=waiting.network_id._local_text(waiting.effective_at),
                )
            )
        operation = as_internal(Operation).create(
            {
                "company_id": distributor.company_id.id,
                "network_id": distributor.network_id.id,
                "distributor_id": distributor.id,
                "position_id": position.id if position else False,
                "method": method,
                "effective_at": effective,
                "user_id": self.env.uid,
                "reason": reason,
                "attachment_id": document.id if document else False,
                "arguments": {key: self._to_json(value) for key, value in values.items()},
            }
        )
        cron = self.env.ref("mlm_genealogy.cron_execute_operations", raise_if_not_found=False)
        if cron:
            # sudo: whoever may plan may wake the work
            cron.sudo()._trigger(at=effective)
        return operation.with_env(self.env)

    def _to_json(self, value):
        if isinstance(value, models.BaseModel):
            return {"model": value._name, "ids": value.ids}
        return value

    def _from_json(self, value):
        if isinstance(value, dict) and "model" in value:
            return self.env[value["model"]].browse(value["ids"])
        return value

    def action_cancel(self):
        """Give up the planned change; nothing of it has happened yet."""
        if not self.env.user.has_group("mlm_base.group_manager"):
            raise AccessError(self.env._("Only a manager can cancel a planned change."))
        self.check_access("read")
        for operation in self:
            if operation.state not in ("planned", "failed"):
                raise UserError(
                    self.env._(
                        "%s is no longer waiting and cannot be cancelled.",
                        operation.display_name,
                    )
                )
        # sudo: the right was checked; no role writes planned changes by hand
        as_internal(self.sudo()).write({"state": "cancelled"})

    def action_retry(self):
        """Try a failed change again at the next run of the cron."""
        if not self.env.user.has_group("mlm_base.group_manager"):
            raise AccessError(self.env._("Only a manager can retry a planned change."))
        self.check_access("read")
        failed = self.filtered(lambda operation: operation.state == "failed")
        # sudo: the right was checked; no role writes planned changes by hand
        as_internal(failed.sudo()).write({"state": "planned", "error": False})
        self.env.ref("mlm_genealogy.cron_execute_operations").sudo()._trigger()

    @api.model
    def _due_domain(self, until=None):
        return [
            ("state", "=", "planned"),
            ("effective_at", "<=", until or fields.Datetime.now()),
        ]

    @api.model
    def _cron_execute(self):
        """Carry out what is due, in the order of its moments, each on its own."""
        cron = self.env["ir.cron"]
        due = self.search(self._due_domain(), order="effective_at, id")
        cron._commit_progress(remaining=len(due))
        for operation in due:
            try:
                retrying(operation._execute, self.env)
            except OperationalError:
                # of the database, not of this change: the next run tries again
                raise
            except Exception as error:
                self.env.cr.rollback()
                _logger.exception("planned change %s failed", operation.id)
                operation._fail(repr(error))
            if not cron._commit_progress(1):
                break

    @api.model
    def _mlm_needs_process(self, cron):
        return bool(self.search_count(self._due_domain(), limit=1))

    @api.model
    def _execute_due(self, network, until=None):
        """Carry out what is due in ``network`` until a moment, inside this
        transaction; one that fails is marked and does not stop the others."""
        domain = [*self._due_domain(until), ("network_id", "=", network.id)]
        # sudo: due is due, whoever closes the cycle; each was planned by somebody who might
        for operation in self.sudo().search(domain, order="effective_at, id"):
            operation._execute()

    def _execute(self):
        self.ensure_one()
        # two workers: the second one waits here and then fails to serialise
        self.env.cr.execute("SELECT state FROM mlm_operation WHERE id = %s FOR UPDATE", [self.id])
        if self.env.cr.fetchone()[0] != "planned":
            return
        record = self.position_id or self.distributor_id
        arguments = {key: self._from_json(value) for key, value in (self.arguments or {}).items()}
        # sudo: the right was checked when it was planned; the history names who planned it
        record = record.with_user(self.user_id).sudo().with_context(**{_RUNNING: _TOKEN})
        record = record.with_company(self.company_id)
        try:
            with self.env.cr.savepoint():
                getattr(record, self.method)(
                    reason=self.reason,
                    effective=self.effective_at,
                    document=self.attachment_id,
                    **arguments,
                )
                self.env.flush_all()
        except UserError as error:
            self._fail(error.args[0])
        except IntegrityError as error:
            # a constraint of the database: the others must not wait for this one for ever
            self._fail(self._get_refusal(error))
        else:
            as_internal(self).write(
                {"state": "done", "done_at": fields.Datetime.now(), "error": False}
            )

    def _get_refusal(self, error):
        """Return in words what a constraint of the database refused."""
        table = error.diag.table_name
        model = next(
            (self.env[name] for name, kind in self.env.registry.items() if kind._table == table),
            self,
        )
        return model._sql_error_to_message(error)

    def _fail(self, message):
        as_internal(self).write({"state": "failed", "error": message})
        _logger.info("planned change %s failed: %s", self.id, message)
        self.activity_schedule(
            "mail.mail_activity_data_warning",
            user_id=self.user_id.id,
            summary=self.env._("A planned change could not be carried out"),
            note=message,
        )

    @api.model
    def _is_running(self):
        """Tell whether a planned change is being carried out, which never plans
        itself again."""
        return self.env.context.get(_RUNNING) is _TOKEN

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A planned change cannot be deleted. Cancel it."))
