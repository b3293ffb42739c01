#!/usr/bin/env bash
# Installs what eng/test.sh needs beside the .NET SDK. As root on a system with apt it installs what is missing and starts no
# service; otherwise it says what is missing and how to get it.
#
#   eng/install.sh [--check] [TOPIC ...]      all topics but chromium, which is large, when none is named; with --check nothing is installed
#
# A topic is one of these, or a server of eng/testbed. Ends with 0 when everything is there, with 1 when something had to be left out.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin

declare -A packages=(
  [native-aot]="gcc libc6-dev zlib1g-dev" # tests/Digibee.Accounts.AotTests
  [botocore]="python3 python3-botocore"   # the oracle of AwsV4BotocoreTests
  [chromium]="chromium chromium-driver"   # the browser of ConnectWebTests
  [npm-oracles]="nodejs npm"               # the oracles of message signatures and structured fields
  [apache-ntlm]="apache2 libapache2-mod-auth-gssapi openssl perl"
  [kerberos]="apache2 libapache2-mod-auth-gssapi krb5-kdc krb5-admin-server krb5-user perl"
  [nginx-mtls]="nginx-light openssl perl"
  [oauth-oidc-provider]="nodejs npm openssl perl"
  [s3-radosgw]="radosgw ceph-mon ceph-osd perl"
  [s3-swift]="swift swift-proxy swift-account swift-container swift-object perl"
  [samba-ad]="samba-ad-dc samba-ad-provision samba-dsdb-modules apache2 libapache2-mod-auth-gssapi perl"
  [smithy-signer]="nodejs npm" # the oracle of AwsV4SmithyTests
  [smtp-exim]="exim4-daemon-heavy dovecot-core openssl perl"
)

# How to know that a topic is there: commands, files by their path, and modules of Python. Native AOT is known by its headers.
declare -A needs=(
  [botocore]="python3 module:botocore.auth"
  [chromium]="chromium chromedriver"
  [npm-oracles]="node npm"
  [apache-ntlm]="apache2 openssl perl /usr/lib/apache2/modules/mod_auth_gssapi.so"
  [kerberos]="apache2 perl krb5kdc kdb5_util kadmin.local /usr/lib/apache2/modules/mod_auth_gssapi.so"
  [nginx-mtls]="nginx openssl perl"
  [oauth-oidc-provider]="node npm openssl perl"
  [s3-radosgw]="radosgw radosgw-admin ceph ceph-mon ceph-osd monmaptool perl"
  [s3-swift]="swift-proxy-server swift-account-server swift-container-server swift-object-server perl"
  [samba-ad]="apache2 perl samba samba-tool /usr/share/samba/setup/provision.ldif /usr/lib/apache2/modules/mod_auth_gssapi.so"
  [smithy-signer]="node npm"
  [smtp-exim]="exim4 dovecot openssl perl"
)

has_header() {
  echo "#include <$1>" | "$2" -E -x c - >/dev/null 2>&1
}

is_there() {
  local compiler need
  if [ "$1" = native-aot ]; then
    compiler=$(command -v clang || command -v gcc) || return 1
    has_header zlib.h "$compiler" && has_header stdlib.h "$compiler"
    return
  fi
  # A domain controller runs as root only.
  [ "$1" != samba-ad ] || [ "$(id -u)" = 0 ] || return 1
  for need in ${needs[$1]}; do
    case $need in
      /*) [ -e "$need" ] || return 1 ;;
      module:*) python3 -c "import ${need#module:}" 2>/dev/null || return 1 ;;
      *) command -v "$need" >/dev/null || return 1 ;;
    esac
  done
}

install=1
if [ "${1:-}" = --check ]; then
  install=0
  shift
fi
topics=("$@")
if [ $# = 0 ]; then
  for topic in "${!packages[@]}"; do
    [ "$topic" = chromium ] || topics+=("$topic")
  done
fi

look() {
  local topic more
  missing=() list=()
  for topic in "${topics[@]}"; do
    [ -n "${packages[$topic]:-}" ] || { echo "install: unknown topic: $topic" >&2; exit 2; }
    is_there "$topic" && continue
    missing+=("$topic")
    read -ra more <<<"${packages[$topic]}"
    list+=("${more[@]}")
  done
}

look
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$install" = 0 ] || [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "install: left out (${missing[*]}). As root: apt-get install ${list[*]}" >&2
  exit 1
fi

# No service may start: a policy-rc.d that says so, for the time of the installation only.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
  trap 'rm -f "$policy"' EXIT
fi

# One by one: what one system lacks must not keep the rest away.
apt-get update -q >&2 || true
for topic in "${missing[@]}"; do
  read -ra list <<<"${packages[$topic]}"
  echo "install: $topic: ${list[*]}"
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${list[@]}" >&2 || true
done
look
[ ${#missing[@]} = 0 ] || { echo "install: apt-get failed, left out: ${missing[*]}" >&2; exit 1; }
