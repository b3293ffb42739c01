#!/usr/bin/env bash
# Sourced by the start.sh of each server and by stop.sh.
#
#   testbed NAME            first: makes $dir, and cleans up should the start fail
#   begin NAME COMMAND ...  each process that stop.sh shall end
#   ready KEY=VALUE ...     last: what a client must know
#
# Between the two, output goes to $dir/start.log; what was started holds nothing open of the caller's.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
here=$(cd "$(dirname "${BASH_SOURCE[1]}")" && pwd)

testbed() { # name
  dir=$(mktemp -d --tmpdir "testbed-$1.XXXXXX")
  # Servers started as root become somebody else, who must get in.
  chmod 755 "$dir"
  exec 3>&1 4>&2 >"$dir/start.log" 2>&1 </dev/null
  trap 'clean_up $?' EXIT
  trap 'exit 1' INT TERM
  [ -z "${TESTBED_OWNER:-}" ] || begin owner watch_owner "$TESTBED_OWNER"
}

begin() { # name, command ...
  local name=$1
  shift
  "$@" >"$dir/$name.log" 2>&1 </dev/null 3>&- 4>&- &
  echo $! >"$dir/$name.pid"
}

ready() { # KEY=VALUE ...
  printf '%s\n' "DIR=$dir" "$@" >&3
}

clean_up() { # exit code
  [ "$1" != 0 ] || return 0
  tail -v -n 30 "$dir"/*.log >&4 || true
  stop "$dir"
}

# Ends the servers of a program that died without doing so.
watch_owner() { # process id
  trap - EXIT INT TERM
  while running "$1"; do sleep 1; done
  rm -f "$dir/owner.pid"
  stop "$dir"
}

# TERM, or what the file `signal` says, to every process named in DIR/*.pid; KILL to those that stay; then DIR is removed.
stop() { # DIR
  local file pid n signal=TERM pids=()
  case "$(basename "$1")" in testbed-*) ;; *) echo "not a folder of the testbed: $1" >&2; return 2 ;; esac
  [ ! -f "$1/signal" ] || signal=$(cat "$1/signal")
  for file in "$1"/*.pid; do
    [ -f "$file" ] || continue
    pid=$(head -n 1 "$file" | tr -dc 0-9)
    if [ -n "$pid" ] && kill "-$signal" "$pid" 2>/dev/null; then pids+=("$pid"); fi
  done
  for pid in "${pids[@]}"; do
    n=50
    while [ "$n" -gt 0 ] && running "$pid"; do sleep 0.1; n=$((n - 1)); done
    ! running "$pid" || kill -KILL "$pid" 2>/dev/null || true
  done
  rm -rf "$1"
}

# A process that has ended and waits for its parent to notice (Z) is not running.
running() { # process id
  case "$(sed -n 's/^.*) \(.\).*/\1/p' "/proc/$1/stat" 2>/dev/null)" in '' | Z | X) return 1 ;; esac
}

# Prints unused loopback TCP ports, one per line.
free_ports() { # how many
  perl -MIO::Socket::INET -e '
    my @held = map { IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => 0, Listen => 1) or die $! } 1..shift;
    print $_->sockport, "\n" for @held;' "$1"
}

# Waits until something listens, or a process that was begun has ended: then nothing will.
wait_port() { # port, [seconds]
  local file n=$((${2:-15} * 10))
  while [ "$n" -gt 0 ]; do
    if (exec 5<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then return 0; fi
    for file in "$dir"/*.pid; do
      running "$(cat "$file")" || { echo "$(basename "$file" .pid) has ended"; return 1; }
    done
    sleep 0.1
    n=$((n - 1))
  done
  echo "nothing listens on 127.0.0.1:$1"
  return 1
}

# Prints a folder for downloads, which outlives a run.
testbed_cache() { # name
  local folder=${TESTBED_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/testbed}/$1
  mkdir -p "$folder"
  echo "$folder"
}

# Prints a folder with the npm packages of the script's package.json, installed when they are not there yet.
npm_packages() { # name
  local folder
  folder=$(testbed_cache "$1") || return
  (
    flock 9 # two starts at once: one installs
    cmp -s "$here/package.json" "$folder/installed.json" && exit
    cp "$here"/package*.json "$folder/" && cd "$folder" || exit
    # A lock file pins what the packages bring along.
    if [ -f "$here/package-lock.json" ]; then command=ci; else command=install; fi
    npm $command --ignore-scripts --no-audit --no-fund >&2 && cp package.json installed.json
  ) 9>"$folder/lock" || return
  echo "$folder"
}

# Apache with mod_auth_gssapi for the files of $dir/www. Standard input: what more its configuration says, ${MODULES} being their folder.
httpd() { # port
  local run_as="" modules
  if [ "$(id -u)" = 0 ]; then
    run_as=$'User www-data\nGroup www-data'
    chown -R www-data "$dir"
  fi
  modules=$(find /usr/lib/apache2 /usr/lib64/httpd -name mod_auth_gssapi.so -printf '%h\n' -quit 2>/dev/null || true)
  cat - >"$dir/httpd-more.conf"
  cat >"$dir/httpd.conf" <<CONF
Define MODULES $modules
ServerRoot "$dir"
ServerName localhost
PidFile "$dir/httpd.own"
ErrorLog "$dir/error.log"
LogLevel warn auth_gssapi:debug
DefaultRuntimeDir "$dir"
Mutex file:$dir
$run_as
LoadModule mpm_event_module \${MODULES}/mod_mpm_event.so
LoadModule authn_core_module \${MODULES}/mod_authn_core.so
LoadModule authz_core_module \${MODULES}/mod_authz_core.so
LoadModule authz_user_module \${MODULES}/mod_authz_user.so
LoadModule auth_gssapi_module \${MODULES}/mod_auth_gssapi.so
Listen 127.0.0.1:$1
DocumentRoot "$dir/www"
Include "$dir/httpd-more.conf"
CONF
  begin httpd apache2 -f "$dir/httpd.conf" -DFOREGROUND
  wait_port "$1"
}

# What both Kerberos servers tell Apache: the keytab, and an answer that names the user.
negotiate_location() {
  cat <<CONF
LoadModule headers_module \${MODULES}/mod_headers.so
Header always set X-User "expr=%{REMOTE_USER}"
<Location "/">
  AuthType GSSAPI
  AuthName "testbed"
  GssapiAllowedMech krb5
  GssapiCredStore keytab:$dir/HTTP-localhost.keytab
  GssapiNegotiateOnce On
  Require valid-user
</Location>
CONF
}
