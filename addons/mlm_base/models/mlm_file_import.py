import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..background import attempt
from ..importing import reader
from ..internal import as_internal

STATES = [
    ("draft", "New"),
    ("checking", "Checking"),
    ("bad", "Bad Lines"),
    ("good", "Ready"),
    ("importing", "Importing"),
    ("done", "Imported"),
    ("failed", "Failed"),
]
#: a work that the server ended so often (a limit of time or memory) is not begun again
TRIES = 2
#: a cancelled work has so long to end by itself
CANCEL_SECONDS = 15


class MlmFileImport(models.AbstractModel):
    """Files that are checked as a whole, then taken as a whole or not at all.

    Both are done in the background, so that a closed browser stops nothing. A concrete
    model names its cron and its progress, has ``problem_ids``, and says in
    ``_check_file`` and ``_import_file`` what the work is; each runs in one transaction,
    so a killed process leaves nothing behind.
    """

    _name = "mlm.file.import"
    _description = "Import of Files"
    _inherit = ["mlm.guarded", "mlm.queued"]
    _order = "id desc"

    #: model of the rows that say how far the work is
    _progress = ""
    #: external id of the cron that does the work
    _cron = ""
    #: states in which the server is at work, and the method of each
    _works = {"checking": "_check_file", "importing": "_import_file"}
    #: fields of the result, written by the work only
    _counts = ("row_count", "bad_count", "warning_count")
    _free = ("company_id",)

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    author_id = fields.Many2one(
        "res.users", readonly=True, required=True, default=lambda self: self.env.uid
    )
    state = fields.Selection(STATES, required=True, default="draft", readonly=True, index=True)
    error = fields.Text(readonly=True)
    row_count = fields.Integer(string="Lines", readonly=True)
    bad_count = fields.Integer(string="Bad Lines", readonly=True)
    warning_count = fields.Integer(string="Lines with a Warning", readonly=True)
    finished_at = fields.Datetime(string="Finished on", readonly=True)
    progress_done = fields.Integer(compute="_compute_progress")
    progress_stage = fields.Char(compute="_compute_progress")
    progress_left = fields.Char(string="Time left", compute="_compute_progress")

    def _compute_progress(self):
        progress = self.env[self._progress].search([("import_id", "in", self.ids)])
        by_import = {one.import_id: one for one in progress}
        for record in self:
            one = by_import.get(record._origin)
            record.progress_done = one.done if one else 0
            record.progress_stage = one._get_stage_label() if one else ""
            record.progress_left = one._get_left_text() if one else ""

    def _get_file_fields(self):
        """Return the fields that, once written, make the last check worth nothing."""
        return {"company_id"}

    def _get_guarded_message(self, names):
        return self.env._("The result of an import cannot be edited.")

    def write(self, vals):
        if self._get_file_fields() & set(vals):
            self._forget_check()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._ensure_state(("draft", "bad", "good", "failed"))

    def _forget_check(self):
        """The files change: what was found in the old ones says nothing any more."""
        self._ensure_state(("draft", "bad", "good", "failed"))
        # sudo: what was found in the old file is the system's to forget
        self.sudo()._forget_result()

    def _forget_result(self):
        self.problem_ids.unlink()
        as_internal(self).write(
            {"state": "draft", "error": False, **dict.fromkeys(self._counts, 0)}
        )

    def _ensure_state(self, states):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for record in self:
            if record.state not in states:
                raise UserError(
                    self.env._(
                        "%(name)s is in the state “%(state)s”. Start a new import instead.",
                        name=record.display_name,
                        state=labels[record.state],
                    )
                )

    def action_check(self):
        """Look for every bad line, in the background; nothing is taken."""
        self._ensure_state(("draft", "bad", "good", "failed"))
        self._start("checking")

    def action_import(self):
        """Take everything, in the background: all or nothing."""
        self._ensure_state(("good",))
        self._start("importing")

    def action_cancel(self):
        """Ask the work to stop. It does so before it is on record, or not at all."""
        self.check_access("write")
        self._ensure_state(tuple(self._works))
        self.env[self._progress]._cancel(self)
        # work that does not look at the wish is ended with its process
        self.env["mlm.job"]._stop_work(self, grace=CANCEL_SECONDS)

    def _start(self, state):
        self.check_access("write")
        # sudo: the result is written by the work only
        for record in self.sudo():
            record.problem_ids.unlink() if state == "checking" else None
            as_internal(record).write({"state": state, "error": False})
            self.env[self._progress]._begin(record)
        # sudo: `_start` checked the right to write; who has it may wake the work
        self.env.ref(self._cron).sudo()._trigger()

    # -- the work ------------------------------------------------------------

    @api.model
    def _get_waiting(self):
        return tuple(self._works)

    def _work(self):
        """Do what the state asks for; a failure leaves nothing but its message."""
        self.ensure_one()
        if not self.try_lock_for_update(allow_referencing=True):
            return
        if self.env[self._progress]._count_try(self) > TRIES:
            self._keep_failure(
                self.env._(
                    "The server stopped %s times during this work. Nothing was imported. Start "
                    "it again once the server is stable; if the work itself brings it down, it "
                    "needs more memory or a smaller file.",
                    TRIES,
                )
            )
            return
        attempt(self, self._work_once)

    def _do_waiting(self):
        """Work as the person who asked for it, in that person's language."""
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
        getattr(mine, self._works[self.state])()
        self.env.flush_all()
        self.env[self._progress]._ensure_wanted(self)

    def _check_file(self):
        """Dry run: find every bad line with its remedy, and call `_store_result`."""
        raise NotImplementedError

    def _import_file(self):
        """Check once more, then take everything and write the state ``done``."""
        raise NotImplementedError

    def _store_result(self, row_count, problems, **counts):
        """Keep what was found, and say whether the files may be imported.

        :param list problems: dicts with ``line``, ``column``, ``value``, ``message``,
            ``severity`` and what else the model of problems has
        :param counts: more counts of the model
        """
        # sudo: the result is written by the work only
        record = self.sudo()
        record.problem_ids.unlink()
        as_internal(record.problem_ids).create(
            [{**problem, "import_id": self.id} for problem in problems]
        )
        lines = {
            severity: {self._get_line_key(one) for one in problems if one["severity"] == severity}
            for severity in ("error", "warning")
        }
        as_internal(record).write(
            {
                "state": "bad" if lines["error"] else "good",
                "row_count": row_count,
                "bad_count": len(lines["error"]),
                "warning_count": len(lines["warning"] - lines["error"]),
                **counts,
            }
        )

    def _get_line_key(self, problem):
        return problem["line"]

    def _keep_failure(self, message):
        as_internal(self).write(
            {"state": "failed", "error": message, "finished_at": fields.Datetime.now()}
        )

    # -- files -----------------------------------------------------------------

    def _decode_file(self, content):
        """Return the bytes of a binary field.

        :raise UserError: more than the server takes in one piece
        """
        content = base64.b64decode(content or b"")
        if len(content) > reader.LARGEST:
            size, limit = -(-len(content) // 1024**2), reader.LARGEST // 1024**2
            raise UserError(self._get_limit_message(reader.FileProblem("large", (size, limit))))
        return content

    def _read_table(self, content, headings):
        """Return ``[(line number, {column key: value})]`` of a file.

        :raise UserError: it is no such file; the words say what to do
        """
        try:
            found = list(reader.read(content, headings))
        except reader.FileProblem as problem:
            raise UserError(self._get_file_message(problem, headings)) from None
        if not found:
            raise UserError(self.env._("The file has headings and nothing below them."))
        return found

    @api.model
    def _get_limit_message(self, problem):
        """Words of a limit that a file passes; whoever shows them names the file."""
        if problem.code == "columns":
            return self.env._(
                "The table has more than %s columns. Delete those that are not needed.",
                problem.detail,
            )
        if problem.code == "rows":
            return self.env._("The table has more than %s lines. Split it.", problem.detail)
        if problem.code == "parts":
            return self.env._(
                "The file consists of more than %s parts. Save it again as CSV.", problem.detail
            )
        size, limit = problem.detail
        if problem.code == "unpacked":
            return self.env._(
                "The file unpacks to %(size)s MB; the limit is %(limit)s MB. Split it, or save "
                "it as CSV.",
                size=size,
                limit=limit,
            )
        return self.env._(
            "The file is %(size)s MB; the limit is %(limit)s MB. Split it.",
            size=size,
            limit=limit,
        )

    def _get_file_message(self, problem, headings):
        if problem.code == "headings":
            names = ", ".join(headings.heading(key, self.env.lang) for key in problem.detail)
            return self.env._(
                "The first line must hold the headings of the columns. These are missing:"
                " %s. Download the template to see them all.",
                names,
            )
        if problem.code == "empty":
            return self.env._("The file is empty.")
        if problem.code in reader.LIMITS:
            return self._get_limit_message(problem)
        return self.env._(
            "This file cannot be read as CSV or XLSX. Save it as one of them in your spreadsheet "
            "program, and upload it again."
        )
