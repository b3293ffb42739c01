#!/usr/bin/env bash
# Ceph's radosgw on a cluster of one node that keeps its objects in memory: S3 and STS with Signature Version 4.
#
#   start.sh [ACCESS_KEY SECRET]
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
access=${1:-TESTBEDACCESSKEY} secret=${2:-testbed-secret/with+special}

testbed s3-radosgw
# Nothing is worth saving, and on TERM each waits five seconds for the others.
echo KILL >"$dir/signal"
mapfile -t ports < <(free_ports 3)
mkdir "$dir/mon" "$dir/osd"
fsid=$(cat /proc/sys/kernel/random/uuid) osd=$(cat /proc/sys/kernel/random/uuid)

# cephx stays on: with auth "none" radosgw hangs at its start.
cat >"$dir/ceph.conf" <<CONF
[global]
fsid = $fsid
mon_host = [v2:127.0.0.1:${ports[0]},v1:127.0.0.1:${ports[1]}]
public_network = 127.0.0.0/8
keyring = $dir/keyring
run_dir = $dir
log_file = $dir/\$name.log
admin_socket = $dir/\$name.asok
mon_data = $dir/mon
osd_data = $dir/osd
osd_objectstore = memstore
memstore_device_bytes = 1073741824
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 1
osd_pool_default_pgp_num = 1
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_max_pg_per_osd = 1000
rgw_frontends = beast endpoint=127.0.0.1:${ports[2]}
rgw_s3_auth_use_sts = true
rgw_sts_key = testbed-sts-key1
rgw_enable_usage_log = false
rgw_enable_gc_threads = false
rgw_enable_lc_threads = false
rgw_run_sync_thread = false
CONF
export CEPH_CONF=$dir/ceph.conf CEPH_ARGS=

all=(--cap mon 'allow *' --cap osd 'allow *')
ceph-authtool --create-keyring "$dir/keyring" --gen-key -n mon. --cap mon 'allow *'
for name in client.admin client.rgw osd.0; do ceph-authtool "$dir/keyring" --gen-key -n $name "${all[@]}"; done
monmaptool --create --fsid "$fsid" --addv a "[v2:127.0.0.1:${ports[0]},v1:127.0.0.1:${ports[1]}]" "$dir/monmap"
ceph-mon --mkfs -i a --monmap "$dir/monmap" --keyring "$dir/keyring"
begin mon ceph-mon -f -i a
wait_port "${ports[0]}" 20

timeout 60 ceph osd new "$osd"
ceph-osd -i 0 --mkfs --osd-uuid "$osd"
begin osd ceph-osd -f -i 0
begin rgw radosgw -f -n client.rgw
wait_port "${ports[2]}" 120

admin() { timeout 60 radosgw-admin "$@"; }
admin user create --uid testbed --display-name testbed --access-key "$access" --secret-key "$secret"
# A role that the user may assume (STS) and that may do anything in S3.
admin role create --role-name testbed --assume-role-policy-doc \
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam:::user/testbed"]},"Action":["sts:AssumeRole"]}]}'
admin role-policy put --role-name testbed --policy-name all --policy-doc \
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*"],"Resource":["arn:aws:s3:::*"]}]}'

ready "ENDPOINT=http://127.0.0.1:${ports[2]}" REGION=us-east-1 "ACCESS_KEY=$access" "SECRET=$secret" ROLE_ARN=arn:aws:iam:::role/testbed
