# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "MLM Commission in the Job Queue",
    "summary": "Posting and mails spread over the workers and hosts of OCA's job queue",
    "version": "19.0.1.0.0",
    "category": "Sales/MLM",
    "author": "MLM back office contributors",
    "license": "AGPL-3",
    "website": "https://github.com/mlm-back-office/mlm",
    "depends": ["mlm_commission", "queue_job"],
    "data": ["data/queue.xml"],
}
