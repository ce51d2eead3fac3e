/**
 * The parts of the script that are the same for everybody, in POSIX sh. No `${…}`: it would be replaced by tools that substitute
 * variables in manifests. Everything that comes from elsewhere is an argument, so nothing of it is read as a command.
 */

/** What it starts with, behind the settings. */
export const START = String.raw`
LC_ALL=C
export LC_ALL
with_health=yes
case "$*" in
  '') ;;
  --without-health) with_health=no ;;
  *)
    echo 'usage: validate.sh [--without-health]' >&2
    exit 2
    ;;
esac
needed='kubectl timeout grep sed tr cut date mktemp'
[ "$with_health" = no ] || needed="$needed curl od"
for program in $needed; do
  command -v "$program" >/dev/null 2>&1 || {
    echo "UNKNOWN  there is no $program here" >&2
    exit 2
  }
done
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 143' TERM
trap 'exit 130' INT
started=$(date +%s)
deadline=$((started + limit))
passed=0
failed=0
unknown=0

ok() {
  passed=$((passed + 1))
  echo "ok       $service: $1"
}

fail() {
  failed=$((failed + 1))
  echo "FAIL     $service: $1"
}

# It could not be found out, which is no success.
cannot_tell() {
  unknown=$((unknown + 1))
  echo "UNKNOWN  $service: $1"
}

# The time that is left: at most so many seconds, at least none.
left() {
  rest=$((deadline - $(date +%s)))
  [ "$rest" -ge 0 ] || rest=0
  [ "$rest" -le "$1" ] || rest=$1
  echo "$rest"
}

# Waits before the next look. False when too little time is left for one.
again() {
  [ "$(left "$limit")" -gt 4 ] || return 1
  sleep 2
}

# Runs a command, for so many seconds at most. What it says is in $work/out, what it complains of in $work/err.
bounded() {
  seconds=$(left "$1")
  shift
  [ "$seconds" -gt 0 ] || {
    : >"$work/out"
    echo 'the time is up' >"$work/err"
    return 124
  }
  timeout -k 2 "$seconds" "$@" >"$work/out" 2>"$work/err" </dev/null
  status=$?
  [ "$status" -lt 124 ] || echo "no answer in $seconds s" >>"$work/err"
  return "$status"
}

# What went wrong, on one line, with a colon before it.
complaint() {
  [ ! -s "$work/err" ] || { printf ': ' && tr '\n' ' ' <"$work/err" | tr -cd '[:print:]' | cut -c 1-300; }
}

# Asks the API server, three times where it gives no clear answer.
ask() {
  for pause in 2 2 0; do
    bounded 15 kubectl --namespace "$namespace" --request-timeout=15s "$@" && return 0
    ! grep -q -e '(NotFound)' -e '(Forbidden)' "$work/err" || return 1
    [ "$(left "$limit")" -gt 4 ] || return 1
    sleep "$pause"
  done
  return 1
}

# Says why the API server gave nothing: there is no such object, or it could not be asked.
nothing_of() {
  if grep -q '(NotFound)' "$work/err"; then
    fail "there is no $1"
  else
    cannot_tell "$1$(complaint)"
  fi
}

# Whether a service may be asked for its health, with time left for the answer.
may_ask() {
  [ "$with_health" = yes ] || return 1
  [ "$(left "$limit")" -gt 0 ] || {
    cannot_tell "$1 was not asked: the time is up"
    return 1
  }
}

# validate_deployment <Deployment> <container> <image> <version> <pods>
validate_deployment() {
  # What was declared may not have been applied yet.
  while :; do
    ask get deployment "$1" --output "jsonpath={.spec.template.spec.containers[?(@.name==\"$2\")].image}" || {
      nothing_of "Deployment $1"
      return
    }
    image=$(cat "$work/out")
    [ "$image" != "$3" ] || break
    again || {
      fail "Deployment $1 runs '$image', and '$3' was declared"
      return
    }
  done
  ok "Deployment $1 is to run $3"

  # A second less than it gets, so that it can still say what it waits for; 0 would be for ever.
  patience=$(($(left "$limit") - 1))
  [ "$patience" -gt 0 ] || patience=1
  if bounded "$limit" kubectl --namespace "$namespace" rollout status "deployment/$1" --timeout="$patience"s; then
    ok "Deployment $1 is rolled out"
  else
    fail "Deployment $1 is not rolled out$(complaint)"
    return
  fi

  while :; do
    ask get pods --selector "app=$1,version=$4" \
      --output 'jsonpath={range .items[*]}{.metadata.deletionTimestamp}{"|"}{.status.conditions[?(@.type=="Ready")].status}{"\n"}{end}' || {
      cannot_tell "pods of Deployment $1$(complaint)"
      return
    }
    ready=$(grep -c '^|True$' "$work/out")
    [ "$ready" -lt "$5" ] || break
    again || {
      fail "$ready pods of Deployment $1 are ready in version $4, and at least $5 must be"
      return
    }
  done
  ok "$ready pods of Deployment $1 are ready in version $4"
}
`.trimStart();

/** What it ends with. A script that looked at nothing has found nothing out. */
export const END = String.raw`
seconds=$(($(date +%s) - started))
[ "$with_health" = yes ] || echo 'health was not asked for'
if [ "$failed" -gt 0 ]; then
  echo "FAILED   $failed not as declared, $unknown unknown, $passed ok, in $seconds s"
  exit 1
fi
if [ "$unknown" -gt 0 ] || [ "$passed" -eq 0 ]; then
  echo "UNKNOWN  $unknown could not be found out, $passed ok, in $seconds s"
  exit 2
fi
echo "OK       $passed as declared, in $seconds s"
`.trimStart();
