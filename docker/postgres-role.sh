#!/bin/sh
# Run by the image when it makes its data folder: the role that Odoo works as. It may create
# databases and is no superuser; the superuser's password stays in this container.
set -eu
psql -v ON_ERROR_STOP=1 -X -q -U "$POSTGRES_USER" -d postgres \
    -v role="$MLM_DB_USER" -v password="$MLM_DB_PASSWORD" <<'SQL'
CREATE ROLE :"role" LOGIN CREATEDB NOSUPERUSER NOCREATEROLE PASSWORD :'password';
REVOKE CREATE ON DATABASE postgres FROM PUBLIC;
SQL
