/** Parts of the script that only some need; they build on what it starts with. See script-parts.ts for the rules. */

/** How a release by Flagger is waited for. */
export const CANARY = String.raw`
# Seconds of an interval as Flagger writes it: 30s, 1m, 1m30s. A minute where it says nothing that can be read.
in_seconds() {
  case "$1" in
    [0-9]*[ms]) ;;
    *) echo 60 && return ;;
  esac
  minutes=$(echo "$1" | sed -n 's/^0*\([0-9]*\)m.*$/\1/p')
  rest=$(echo "$1" | sed -n 's/^\([0-9]*m\)\{0,1\}0*\([0-9]*\)s$/\2/p')
  [ -n "$minutes" ] || minutes=0
  [ -n "$rest" ] || rest=0
  echo $((minutes * 60 + rest))
}

# validate_canary <Canary>: false unless Flagger has nothing left to do.
# It looks at a Deployment once an interval: what its status says may still be of the release before.
validate_canary() {
  last=none
  while :; do
    ask get canaries.flagger.app "$1" --output 'jsonpath={.status.phase}{"|"}{.spec.analysis.interval}{"\n"}' || {
      nothing_of "Canary $1"
      return 1
    }
    IFS='|' read -r phase interval <"$work/out"
    now=$(date +%s)
    if [ "$phase" != "$last" ]; then
      last=$phase
      since=$now
    fi
    if [ $((now - since)) -ge $(($(in_seconds "$interval") + 5)) ]; then
      case "$phase" in
        Succeeded | Initialized)
          ok "Canary $1 is $phase"
          return 0
          ;;
        Failed)
          fail "Canary $1 is Failed: Flagger went back to the former version"
          return 1
          ;;
      esac
    fi
    again || {
      fail "Canary $1 is still '$phase' after $limit s"
      return 1
    }
  done
}
`.trimStart();

/** A request by HTTP, through the mesh. */
export const HTTP = String.raw`
# validate_http <URL>
validate_http() {
  may_ask "$1" || return 0
  while :; do
    bounded 10 curl -q --silent --show-error --noproxy '*' --max-time 10 --output /dev/null --write-out '%{http_code}' "$1"
    code=$(cat "$work/out")
    case "$code" in
      2[0-9][0-9])
        ok "$1 answers $code"
        return
        ;;
    esac
    again || {
      fail "$1 answers '$code'$(complaint)"
      return
    }
  done
}
`.trimStart();

/** A request by the gRPC health protocol, through the mesh. */
export const GRPC = String.raw`
# validate_grpc <URL> <message, as printf writes bytes>
# The answer is a message of two bytes, field 1 with the value 1: SERVING.
validate_grpc() {
  may_ask "$1" || return 0
  while :; do
    # shellcheck disable=SC2059 # the bytes are the format
    printf "$2" >"$work/message"
    : >"$work/answer"
    : >"$work/headers"
    bounded 10 curl -q --silent --show-error --noproxy '*' --max-time 10 --http2-prior-knowledge --request POST \
      --header 'content-type: application/grpc' --header 'te: trailers' --data-binary "@$work/message" \
      --dump-header "$work/headers" --output "$work/answer" "$1"
    answer=$(od -A n -t u1 "$work/answer" | tr -d ' \n')
    if grep -q -i '^grpc-status: *0' "$work/headers" && [ "$answer" = 0000281 ]; then
      ok "$1 answers SERVING"
      return
    fi
    again || {
      fail "$1 does not answer SERVING$(complaint)"
      return
    }
  done
}
`.trimStart();
