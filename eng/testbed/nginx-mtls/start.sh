#!/usr/bin/env bash
# nginx that demands a client certificate and trusts only the root: a client must send its intermediate. One port speaks TLS 1.2
# only, the other TLS 1.3 only. Makes its own two-level CA.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

testbed nginx-mtls
mapfile -t ports < <(free_ports 2)
cd "$dir"

openssl req -x509 -newkey rsa:2048 -nodes -days 60 -subj '/CN=Testbed Root' -keyout root.key -out root.crt \
  -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign
openssl req -newkey rsa:2048 -nodes -subj '/CN=Testbed Intermediate' -keyout int.key -out int.csr
openssl x509 -req -in int.csr -CA root.crt -CAkey root.key -CAcreateserial -days 60 -out int.crt -extfile <(printf '%s\n' \
  basicConstraints=critical,CA:TRUE keyUsage=critical,keyCertSign,cRLSign subjectKeyIdentifier=hash)

leaf() { # name, extended key usage, options for its dates
  local name=$1 eku=$2
  shift 2
  openssl req -newkey rsa:2048 -nodes -subj "/CN=$name" -keyout "$name.key" -out "$name.csr"
  openssl x509 -req -in "$name.csr" -CA int.crt -CAkey int.key -CAcreateserial "$@" -out "$name.crt" -extfile <(printf '%s\n' \
    basicConstraints=CA:FALSE keyUsage=digitalSignature "extendedKeyUsage=$eku" subjectAltName=DNS:localhost,IP:127.0.0.1)
}

leaf server serverAuth -days 30
leaf client clientAuth -days 30
leaf client2 clientAuth -days 30
leaf expired clientAuth -days 1

# An already expired certificate: openssl x509 cannot set dates before 3.4, openssl ca can.
mkdir db
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
x509_extensions = e
unique_subject = no
[p]
commonName = supplied
[e]
basicConstraints = CA:FALSE
extendedKeyUsage = clientAuth
CONF
openssl ca -batch -config ca.cnf -cert int.crt -keyfile int.key -in expired.csr -startdate 20200101000000Z -enddate 20200201000000Z -out expired.crt -notext

cat server.crt int.crt >server-chain.crt
cat int.crt root.crt >above.crt
openssl pkcs12 -export -inkey client.key -in client.crt -certfile above.crt -name 'my client' -passout pass:p12-pw -out client.p12
# What an operator would paste: an encrypted PKCS#8 key, and Bag Attributes around each block.
openssl pkcs12 -in client.p12 -passin pass:p12-pw -passout pass:key-pw -out client.pem
openssl rsa -in client.key -aes256 -traditional -passout pass:key-pw -out client-dek.key

server() { # port, protocol
  cat <<CONF
  server {
    listen 127.0.0.1:$1 ssl http2;
    server_name localhost;
    ssl_protocols $2;
    location / { return 200 "\$ssl_protocol \$ssl_client_verify \$ssl_client_s_dn serial=\$ssl_client_serial conn=\$connection proto=\$server_protocol\n"; }
  }
CONF
}

run_as=""
[ "$(id -u)" != 0 ] || run_as="user www-data;"
cat >nginx.conf <<CONF
$run_as
daemon off;
pid $dir/nginx.own;
error_log $dir/error.log info;
events { }
http {
  access_log $dir/access.log;
  client_body_temp_path $dir/t1;
  proxy_temp_path $dir/t2;
  fastcgi_temp_path $dir/t3;
  uwsgi_temp_path $dir/t4;
  scgi_temp_path $dir/t5;
  ssl_certificate $dir/server-chain.crt;
  ssl_certificate_key $dir/server.key;
  ssl_client_certificate $dir/root.crt;
  ssl_verify_client on;
  ssl_verify_depth 3;
  keepalive_timeout 75s;
$(server "${ports[0]}" TLSv1.2)
$(server "${ports[1]}" TLSv1.3)
}
CONF
begin nginx nginx -c "$dir/nginx.conf" -e "$dir/error.log"
for port in "${ports[@]}"; do wait_port "$port"; done

ready "TLS12_URL=https://localhost:${ports[0]}/" "TLS13_URL=https://localhost:${ports[1]}/" "ROOT_CA=$dir/root.crt" \
  "CLIENT_PEM=$dir/client.pem" CLIENT_KEY_PASSWORD=key-pw
