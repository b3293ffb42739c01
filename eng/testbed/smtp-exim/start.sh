#!/usr/bin/env bash
# Exim: STARTTLS on one port, TLS from the first byte on another; and both once more with a certificate that has expired, and with one
# for another name. SCRAM is checked by a Dovecot that runs nothing but its auth service. Mail from authenticated clients only.
#
#   start.sh [USER PASSWORD ACCESS_TOKEN]
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

testbed smtp-exim
user=${1:-mailer} password=${2:-mail-pw} token=${3:-good-access-token}
mapfile -t ports < <(free_ports 6)
cd "$dir"
mkdir spool log mail dovecot db
owner=$(id -un) group=$(id -gn)
# Started as root, exim4 -C gives its privileges up: the folder belongs to the user it becomes.
if [ "$(id -u)" = 0 ]; then owner=Debian-exim group=Debian-exim; fi

openssl req -x509 -newkey rsa:2048 -nodes -days 60 -subj '/CN=Testbed Root' -keyout root.key -out root.crt \
  -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign

# openssl x509 cannot set dates before 3.4, openssl ca can.
: >db/index.txt
echo 1000 >db/serial
cat >ca.cnf <<'CONF'
[ca]
default_ca = d
[d]
database = db/index.txt
serial = db/serial
new_certs_dir = db
default_md = sha256
policy = p
unique_subject = no
[p]
commonName = supplied
[good]
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost,IP:127.0.0.1
[other]
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = DNS:other.example
CONF

certificate() { # name, extensions, dates
  local name=$1 extensions=$2
  shift 2
  openssl req -newkey rsa:2048 -nodes -subj "/CN=$name" -keyout "$name.key" -out "$name.csr"
  openssl ca -batch -config ca.cnf -cert root.crt -keyfile root.key -in "$name.csr" -out "$name.crt" -notext -extensions "$extensions" "$@"
}

certificate server good -days 30
certificate expired good -startdate 20200101000000Z -enddate 20200201000000Z
certificate other other -days 30

cat >dovecot.conf <<CONF
base_dir = $dir/dovecot
state_dir = $dir/dovecot
log_path = $dir/dovecot-own.log
auth_failure_delay = 0
protocols =
ssl = no
default_internal_user = $owner
default_internal_group = $group
default_login_user = $owner
auth_mechanisms = scram-sha-1 scram-sha-256
passdb {
  driver = static
  args = user=$user password={PLAIN}$password
}
service auth {
  user = $owner
  unix_listener exim {
    mode = 0600
    user = $owner
  }
}
service anvil {
  chroot =
  # No growing delay after wrong passwords.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
CONF

# One Exim for each certificate: 4.96 chooses it for the whole daemon.
configuration() { # certificate, port for STARTTLS, port for TLS
  cat <<CONF
exim_user = $owner
exim_group = $group
never_users =
spool_directory = $dir/spool
log_file_path = $dir/log/$1-%slog
pid_file_path = $dir/$1.own
primary_hostname = localhost
domainlist local_domains = *
local_interfaces = 127.0.0.1
daemon_smtp_ports = $2 : $3
tls_on_connect_ports = $3
tls_advertise_hosts = *
tls_certificate = $dir/$1.crt
tls_privatekey = $dir/$1.key
auth_advertise_hosts = \${if eq{\$tls_in_cipher}{}{}{*}}
acl_smtp_mail = check_mail
acl_smtp_rcpt = check_rcpt
acl_smtp_data = check_data
host_lookup =
rfc1413_query_timeout = 0s
queue_only = false
log_selector = +all_parents +tls_peerdn +smtp_mailauth +smtp_connection +subject -retry_defer
message_size_limit = 1M
smtp_accept_max = 100
smtp_accept_max_per_connection = 1000
dsn_advertise_hosts = *
begin acl
check_mail:
  deny    message = authentication required
          !authenticated = *
  accept
check_rcpt:
  warn    local_parts = queued
          control = queue
  deny    message = no such mailbox
          local_parts = nobody-here
  accept
check_data:
  accept
begin routers
all:
  driver = accept
  transport = file
begin transports
file:
  driver = appendfile
  directory = $dir/mail
  user = $owner
  group = $group
  create_directory
  return_path_add
  envelope_to_add
begin retry
begin rewrite
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{\$auth2}{$user}}{eq{\$auth3}{$password}}}}
  server_set_id = \$auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = <| Username: | Password:
  server_condition = \${if and{{eq{\$auth1}{$user}}{eq{\$auth2}{$password}}}}
  server_set_id = \$auth1
cram:
  driver = cram_md5
  public_name = CRAM-MD5
  server_secret = \${if eq{\$auth1}{$user}{$password}fail}
  server_set_id = \$auth1
scram_sha1:
  driver = dovecot
  public_name = SCRAM-SHA-1
  server_socket = $dir/dovecot/exim
  server_set_id = \$auth1
scram_sha256:
  driver = dovecot
  public_name = SCRAM-SHA-256
  server_socket = $dir/dovecot/exim
  server_set_id = \$auth1
xoauth2:
  driver = plaintext
  public_name = XOAUTH2
  server_prompts = :
  server_condition = \${if eq{\$auth1}{user=$user\x01auth=Bearer $token\x01\x01}}
  server_set_id = $user
oauthbearer:
  driver = plaintext
  public_name = OAUTHBEARER
  server_prompts = :
  server_condition = \${if match{\$auth1}{\N^n,a=$user,\x01(.*\x01)?auth=Bearer $token\x01\x01\$\N}}
  server_set_id = $user
CONF
}

configuration server "${ports[0]}" "${ports[1]}" >server.conf
configuration expired "${ports[2]}" "${ports[3]}" >expired.conf
configuration other "${ports[4]}" "${ports[5]}" >other.conf
chown -R "$owner:$group" "$dir"
# Exim refuses a configuration of any other owner.
[ "$(id -u)" != 0 ] || chown root:root ./*.conf

begin dovecot dovecot -F -c "$dir/dovecot.conf"
for _ in $(seq 100); do [ ! -S dovecot/exim ] || break; sleep 0.1; done
for name in server expired other; do begin "exim-$name" exim4 -C "$dir/$name.conf" -bdf; done
for port in "${ports[@]}"; do wait_port "$port"; done

ready HOST=localhost "STARTTLS_PORT=${ports[0]}" "TLS_PORT=${ports[1]}" "EXPIRED_STARTTLS_PORT=${ports[2]}" "EXPIRED_TLS_PORT=${ports[3]}" \
  "OTHER_STARTTLS_PORT=${ports[4]}" "OTHER_TLS_PORT=${ports[5]}" "ROOT_CA=$dir/root.crt" "MAIL=$dir/mail" "LOG=$dir/log/server-mainlog" \
  "SMTP_USER=$user" "SMTP_PASSWORD=$password" "ACCESS_TOKEN=$token"
