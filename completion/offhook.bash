# SPDX-License-Identifier: Apache-2.0
# Completion for bash. What can be completed is known to the program itself: offhook __complete WORD...
# Installed as /usr/share/bash-completion/completions/offhook.

_offhook() {
    local current=${COMP_WORDS[COMP_CWORD]} candidates
    candidates=$("${COMP_WORDS[0]}" __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    COMPREPLY=()
    if [[ $candidates == :files ]]; then
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        compopt -o filenames 2>/dev/null
        return
    fi
    local candidate
    while IFS= read -r candidate; do
        if [[ -n $candidate && $candidate == "$current"* ]]; then COMPREPLY+=("$(printf '%q' "$candidate")"); fi
    done <<<"$candidates"
}
complete -F _offhook offhook
