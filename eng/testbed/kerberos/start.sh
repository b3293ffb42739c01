#!/usr/bin/env bash
# An MIT KDC, and Apache with mod_auth_gssapi that takes its tickets (SPNEGO) for HTTP/localhost.
# Makes principals: svc-one, svc-two (keytabs), HTTP/localhost (server), alice (password alice-pw).
#
#   start.sh [REALM]      TICKET_LIFE=20s shortens tickets; REPLAY_CACHE=1 lets the web server refuse a token it has seen
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
realm=${1:-TESTBED.EXAMPLE}

testbed kerberos
mapfile -t ports < <(free_ports 4)
kdc=${ports[0]} kadmin=${ports[1]} kpasswd=${ports[2]} http=${ports[3]}
mkdir "$dir/www"
echo "kerberos ok" >"$dir/www/index.html"

cat >"$dir/krb5.conf" <<CONF
[libdefaults]
  default_realm = $realm
  dns_lookup_kdc = false
  dns_lookup_realm = false
  dns_canonicalize_hostname = false
  rdns = false
  udp_preference_limit = 1
[realms]
  $realm = {
    kdc = 127.0.0.1:$kdc
    admin_server = 127.0.0.1:$kadmin
  }
[domain_realm]
  localhost = $realm
CONF
cat >"$dir/kdc.conf" <<CONF
[kdcdefaults]
  kdc_listen = 127.0.0.1:$kdc
  kdc_tcp_listen = 127.0.0.1:$kdc
[realms]
  $realm = {
    database_name = $dir/principal
    key_stash_file = $dir/stash
    kadmind_port = $kadmin
    kpasswd_port = $kpasswd
    max_life = ${TICKET_LIFE:-1h}
    max_renewable_life = 1d
    supported_enctypes = aes256-cts-hmac-sha1-96:normal aes128-cts-hmac-sha1-96:normal aes256-cts-hmac-sha384-192:normal
    default_principal_flags = +preauth
  }
[logging]
  kdc = STDERR
CONF
export KRB5_CONFIG="$dir/krb5.conf" KRB5_KDC_PROFILE="$dir/kdc.conf" KRB5RCACHENAME=none:
[ -z "${REPLAY_CACHE:-}" ] || KRB5RCACHENAME=file2:$dir/replays
kdb5_util create -s -r "$realm" -P testbed-master
{
  echo "addprinc -pw alice-pw alice"
  for principal in svc-one svc-two HTTP/localhost; do
    echo "addprinc -randkey $principal"
    echo "ktadd -k $dir/${principal/\//-}.keytab $principal"
  done
} | kadmin.local -r "$realm"
begin kdc krb5kdc -n
wait_port "$kdc"

httpd "$http" <<CONF
LogFormat "%{c}p:%{remote}p %r %>s user=%u conn=%k" testbed
CustomLog "$dir/access.log" testbed
$(negotiate_location)
CONF

ready "REALM=$realm" "KDC=127.0.0.1:$kdc" "KRB5_CONFIG=$dir/krb5.conf" "URL=http://localhost:$http/" \
  "KEYTAB_ONE=$dir/svc-one.keytab" "KEYTAB_TWO=$dir/svc-two.keytab"
