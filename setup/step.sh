# Sourced by every set-up step. A step says what it needs, whether that is there already, and how to get it.
# Everything is printed to standard error: standard output belongs to the command that the user asked for.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
logs=$root/artifacts/setup
mkdir -p "$logs"
cd "$root" || exit 1

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

# The address of the first enabled NuGet feed; paket.dependencies reads it from the environment.
find_nuget_source() {
    [ -n "${NUGET_SOURCE:-}" ] && return
    NUGET_SOURCE=$(dotnet nuget list source --format short 2>/dev/null | awk '/^E /{print $2; exit}')
    export NUGET_SOURCE
}

# checksum FILES... : one word that changes when a name or a content changes.
checksum() { cksum -- "$@" 2>/dev/null | cksum | tr ' ' '-'; }

# done_before STEP KEY: was STEP completed with the same KEY?
done_before() { [ "$(cat "$logs/$1.done" 2>/dev/null)" = "$2" ]; }
mark_done() { printf '%s\n' "$2" >"$logs/$1.done"; }

# Is the shim over libtorch needed? Not on the official TorchSharp (export TorchSharpPackage=TorchSharp-cpu), but for the tests of the shim.
needs_shim() { [ -z "${TorchSharpPackage:-}" ] || [ "${1:-}" = --tests ]; }

# attempt STEP "what it does" "what to do when it fails" COMMAND...: run with one line on the terminal and the rest in a log.
attempt() {
    local step=$1 what=$2 advice=$3
    shift 3
    local log=$logs/$step.log started=$SECONDS
    printf 'set-up: %s ... ' "$what" >&2
    if "$@" >"$log" 2>&1 </dev/null; then
        printf 'done in %d s\n' $((SECONDS - started)) >&2
        return 0
    fi
    {
        printf 'failed\n\nThis command failed: %s\nThe end of its log (%s):\n' "$*" "${log#"$root"/}"
        tail -n 25 "$log" | sed 's/^/  | /'
        printf '\n%s\n' "$advice"
    } >&2
    return 1
}
