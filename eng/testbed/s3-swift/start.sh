#!/usr/bin/env bash
# OpenStack Swift (account, container, object, proxy with the s3api middleware): an S3 server that recomputes and compares
# Signature Version 4.
#
#   start.sh [ACCESS_KEY SECRET]      the access key has the form account:user
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
access=${1:-test:tester} secret=${2:-testing-secret}

testbed s3-swift
mapfile -t ports < <(free_ports 4)
mkdir -p "$dir/devices/d1"
# Debian's Python, whatever else is called python3 here.
python=/usr/bin/python3

printf '[swift-hash]\nswift_hash_path_suffix = testbed\nswift_hash_path_prefix = testbed\n[storage-policy:0]\nname = default\ndefault = yes\n' >"$dir/swift.conf"
"$python" "$here/rings.py" "$dir" "${ports[@]:0:3}"

settings() { # port
  cat <<CONF
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = $1
user = $(id -un)
swift_dir = $dir
devices = $dir/devices
mount_check = false
workers = 0
log_address = /nonexistent
fallocate_reserve = 0
CONF
}

n=0
for kind in account container object; do
  {
    settings "${ports[$n]}"
    printf '[pipeline:main]\npipeline = %s\n[app:%s]\nuse = egg:swift#%s\n' $kind-server $kind-server $kind
  } >"$dir/$kind-server.conf"
  n=$((n + 1))
done

{
  settings "${ports[3]}"
  cat <<CONF
[pipeline:main]
pipeline = catch_errors gatekeeper cache s3api tempauth proxy-server
[app:proxy-server]
use = egg:swift#proxy
allow_account_management = true
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_${access/:/_} = $secret .admin
CONF
} >"$dir/proxy-server.conf"

for kind in account container object proxy; do
  begin $kind "$python" "$here/launch.py" "$dir" $kind-server
done
for port in "${ports[@]}"; do wait_port "$port" 60; done

ready "ENDPOINT=http://127.0.0.1:${ports[3]}" REGION=us-east-1 "ACCESS_KEY=$access" "SECRET=$secret"
