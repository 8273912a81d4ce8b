-- Run once, by PostgreSQL's image, when its volume is empty. Three roles: the owner makes and changes
-- the tables, the node works in them and neither owns them nor passes their guard, and the keyring
-- has a database of its own that is backed up apart.
\set owner `cat /run/secrets/owner`
\set node `cat /run/secrets/node`
\set keyring `cat /run/secrets/keyring`

CREATE ROLE silkroad_owner LOGIN PASSWORD :'owner' NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
CREATE ROLE silkroad LOGIN PASSWORD :'node' NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
CREATE ROLE silkroad_keyring LOGIN PASSWORD :'keyring' NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;

CREATE DATABASE silkroad OWNER silkroad_owner ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0;
REVOKE ALL ON DATABASE silkroad FROM PUBLIC;
GRANT CONNECT ON DATABASE silkroad TO silkroad;

CREATE DATABASE silkroad_keyring OWNER silkroad_keyring ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0;
REVOKE ALL ON DATABASE silkroad_keyring FROM PUBLIC;
