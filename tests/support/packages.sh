# What the libraries and the tool are built with.
build_packages=(g++ cmake ninja-build pkg-config libcli11-dev nlohmann-json3-dev libprotozero-dev libdw-dev libdebuginfod-dev
  libiberty-dev zlib1g-dev libzstd-dev libsimdjson-dev libjs-chart.js libmicrohttpd-dev libncurses-dev)

# need_packages NAME...: installs the Debian packages that are missing; says what to do where it may not.
need_packages() {
  local missing=() package
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null || true)" = "ii " ] || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "missing packages, and neither root nor sudo: ${missing[*]}" >&2; return 1; }
    as_root=(sudo)
  fi
  echo "== installing ${missing[*]}"
  # No daemon that comes with a package is to start on its own here.
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -q --no-install-recommends "${missing[@]}"
}
