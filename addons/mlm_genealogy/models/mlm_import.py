import base64
import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.service.model import retrying

_logger = logging.getLogger(__name__)

STATES = [
    ("draft", "New"),
    ("checking", "Checking"),
    ("bad", "Bad Lines"),
    ("good", "Ready"),
    ("importing", "Importing"),
    ("done", "Imported"),
    ("failed", "Failed"),
]
WORKING = ("checking", "importing")
#: bytes of a file; a hundred thousand people are about 20 MB
LARGEST = 100 * 1024 * 1024
#: a work that the server ended so often (a limit of time or memory) is not begun again
TRIES = 2


class MlmImport(models.Model):
    """A file of distributors: checked as a whole, then enrolled as a whole or not at all.

    Both are done in the background, so that a closed browser stops nothing. How far
    they are stands in `mlm.import.progress`.
    """

    _name = "mlm.import"
    _description = "Import of Distributors"
    _order = "id desc"

    name = fields.Char(string="File Name", compute="_compute_name", store=True)
    file = fields.Binary(attachment=True, required=True)
    file_name = fields.Char(string="Name of the File")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    tree_id = fields.Many2one(
        "mlm.tree",
        string="Placement Tree",
        domain="[('company_id', '=', company_id)]",
        ondelete="restrict",
        compute="_compute_tree_id",
        store=True,
        readonly=False,
        help="Tree of the spots that the file names.",
    )
    author_id = fields.Many2one(
        "res.users", readonly=True, required=True, default=lambda self: self.env.uid
    )
    state = fields.Selection(STATES, required=True, default="draft", readonly=True, index=True)
    error = fields.Text(readonly=True)
    row_count = fields.Integer(string="Lines", readonly=True)
    bad_count = fields.Integer(string="Bad Lines", readonly=True)
    warning_count = fields.Integer(string="Lines with a Warning", readonly=True)
    placed_count = fields.Integer(string="With a Spot", readonly=True)
    finished_at = fields.Datetime(string="Finished on", readonly=True)
    problem_ids = fields.One2many("mlm.import.problem", "import_id", readonly=True)
    progress_done = fields.Integer(compute="_compute_progress")
    progress_stage = fields.Char(compute="_compute_progress")

    @api.depends("file_name")
    def _compute_name(self):
        for record in self:
            record.name = record.file_name or self.env._("Import")

    @api.depends("company_id")
    def _compute_tree_id(self):
        for record in self:
            record.tree_id = self.env["mlm.tree"].search(
                [("company_id", "=", record.company_id.id)], limit=1
            )

    def _compute_progress(self):
        progress = self.env["mlm.import.progress"].search([("import_id", "in", self.ids)])
        by_import = {one.import_id: one for one in progress}
        for record in self:
            one = by_import.get(record._origin)
            record.progress_done = one.done if one else 0
            record.progress_stage = one._get_stage_label() if one else ""

    @api.model_create_multi
    def create(self, vals_list):
        own = ({k: v for k, v in vals.items() if k not in _KEPT} for vals in vals_list)
        return super().create(list(own))

    def write(self, vals):
        if not self.env.su and _KEPT.intersection(vals):
            raise UserError(self.env._("The result of an import is not edited."))
        if {"file", "company_id", "tree_id"} & set(vals):
            self._ensure_state(("draft", "bad", "good", "failed"))
            # sudo: what was found in the old file is the system's to forget
            self.sudo()._forget_result()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._ensure_state(("draft", "bad", "good", "failed"))

    def _forget_result(self):
        self.problem_ids.unlink()
        self.write({"state": "draft", "error": False, **dict.fromkeys(_COUNTS, 0)})

    def _ensure_state(self, states):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for record in self:
            if record.state not in states:
                raise UserError(
                    self.env._(
                        "%(name)s is in the state “%(state)s”. Start a new import instead.",
                        name=record.name,
                        state=labels[record.state],
                    )
                )

    def action_check(self):
        """Look for every bad line, in the background; nothing is enrolled."""
        self._ensure_state(("draft", "bad", "good", "failed"))
        self._start("checking")

    def action_import(self):
        """Enrol everybody in the file, in the background: all or none."""
        self._ensure_state(("good",))
        self._start("importing")

    def action_cancel(self):
        """Ask the work to stop. It does so before it is on record, or not at all."""
        self.check_access("write")
        self._ensure_state(WORKING)
        self.env["mlm.import.progress"]._cancel(self)

    def _start(self, state):
        self.check_access("write")
        # sudo: the result is written by the work only
        for record in self.sudo():
            record.problem_ids.unlink() if state == "checking" else None
            record.write({"state": state, "error": False})
            self.env["mlm.import.progress"]._begin(record)
        self.env.ref("mlm_genealogy.cron_import").sudo()._trigger()

    def action_view_problems(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Bad lines of %s", self.name),
            "res_model": "mlm.import.problem",
            "view_mode": "list",
            "domain": [("import_id", "=", self.id)],
        }

    def action_download_problems(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/mlm/import/{self.id}/problems",
            "target": "download",
        }

    def action_download_template(self):
        return {"type": "ir.actions.act_url", "url": "/mlm/import/template", "target": "download"}

    def _get_content(self):
        self.ensure_one()
        content = base64.b64decode(self.with_context(bin_size=False).file or b"")
        if len(content) > LARGEST:
            raise UserError(
                self.env._(
                    "The file has %(size)s MB; %(limit)s are possible. Split it.",
                    size=len(content) // 1024**2,
                    limit=LARGEST // 1024**2,
                )
            )
        return content

    @api.model
    def _cron_work(self):
        """Check and import what waits, one after the other."""
        for record in self.search([("state", "in", WORKING)], order="id"):
            record._work()
            self.env["ir.cron"]._commit_progress(1)

    def _work(self):
        """Do what the state asks for; a failure leaves nothing but its message."""
        self.ensure_one()
        if not self.try_lock_for_update(allow_referencing=True):
            return
        progress = self.env["mlm.import.progress"]
        if progress._count_try(self) > TRIES:
            self._keep_failure(
                self.env._(
                    "The server ended this work %s times before it was finished: it takes"
                    " more time or memory than the server allows. Nothing was imported."
                    " Let the administrator raise limit_time_cpu, limit_time_real_cron or"
                    " limit_memory_hard, or import a smaller file.",
                    TRIES,
                )
            )
            return
        try:
            retrying(self._work_once, self.env)
        except UserError as error:
            self.env.cr.rollback()
            self._keep_failure(str(error.args[0]))
        except Exception as error:
            self.env.cr.rollback()
            _logger.exception("%s failed", self.display_name)
            self._keep_failure(repr(error))

    def _work_once(self):
        """One attempt, as the person who asked for it, in that person's language."""
        if not self.try_lock_for_update(allow_referencing=True) or self.state not in WORKING:
            return
        author = self.author_id
        context = {
            "lang": author.lang,
            "tz": author.tz,
            "allowed_company_ids": self.company_id.ids,
            "tracking_disable": True,
            "mail_create_nolog": True,
            "mail_create_nosubscribe": True,
        }
        mine = self.with_user(author).with_context(**context)
        mine.check_access("write")
        if self.state == "checking":
            mine._check_file()
        else:
            mine._import_file()
        self.env.flush_all()
        self.env["mlm.import.progress"]._ensure_wanted(self)

    def _keep_failure(self, message):
        self.write({"state": "failed", "error": message, "finished_at": fields.Datetime.now()})


_COUNTS = ("row_count", "bad_count", "warning_count", "placed_count")
_KEPT = {"state", "error", "author_id", "finished_at", *_COUNTS}
