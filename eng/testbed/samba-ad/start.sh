#!/usr/bin/env bash
# Samba as an Active Directory domain controller, of which only the KDC runs: no port below 1024, no network namespace, no DNS.
# Apache takes the domain's tickets for HTTP/localhost. Root only.
#
#   start.sh [REALM]
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
realm=${1:-AD.TESTBED.EXAMPLE}
[ "$(id -u)" = 0 ] || { echo "samba-ad needs root" >&2; exit 1; }

testbed samba-ad
mapfile -t ports < <(free_ports 3)
kdc=${ports[0]} kpasswd=${ports[1]} http=${ports[2]}
mkdir "$dir/www"
echo "kerberos ok" >"$dir/www/index.html"

samba-tool domain provision --targetdir="$dir/dc" --realm="$realm" --domain=ADTEST --server-role=dc \
  --host-name=dc1 --host-ip=127.0.0.1 --dns-backend=NONE --adminpass='Adm1n-Passw0rd!'
conf=$dir/dc/etc/smb.conf
settings="\tserver services = kdc\n\tkrb5 port = $kdc\n\tkpasswd port = $kpasswd\n\tinterfaces = 127.0.0.1\n\tbind interfaces only = yes\n\tkdc default domain supported enctypes = rc4-hmac aes128-cts-hmac-sha1-96 aes256-cts-hmac-sha1-96"
sed -i "/server services/d; /log file/d; s|^\[global\]|&\n$settings\n\tpid directory = $dir\n\tlog file = $dir/samba-%m.log|" "$conf"
cat >"$dir/krb5.conf" <<CONF
[libdefaults]
  default_realm = $realm
  dns_lookup_kdc = false
  dns_lookup_realm = false
  dns_canonicalize_hostname = false
  rdns = false
[realms]
  $realm = {
    kdc = 127.0.0.1:$kdc
  }
[domain_realm]
  localhost = $realm
CONF
export KRB5_CONFIG="$dir/krb5.conf" KRB5RCACHETYPE=none
tool() { samba-tool "$@" --configfile="$conf"; }
for user in svc-one svc-two web; do tool user create $user "Pw-$user-1!"; done
tool user create alice 'Alice-pw-1!'
tool spn add HTTP/localhost web
for user in svc-one svc-two; do tool domain exportkeytab "$dir/$user.keytab" --principal=$user; done
tool domain exportkeytab "$dir/HTTP-localhost.keytab" --principal=HTTP/localhost

# A ticket of a user in many groups makes a long line.
httpd "$http" <<CONF
LimitRequestFieldSize 65536
$(negotiate_location)
CONF

# httpd gives the whole folder to Apache's user; Samba insists on its own.
chown -R root "$dir/dc"
begin samba-main samba -F -M single -s "$conf"
wait_port "$kdc" 30

ready "REALM=$realm" "KDC=127.0.0.1:$kdc" "KRB5_CONFIG=$dir/krb5.conf" "URL=http://localhost:$http/" \
  "KEYTAB_ONE=$dir/svc-one.keytab" "KEYTAB_TWO=$dir/svc-two.keytab"
