# SPDX-License-Identifier: Apache-2.0
# Completion for fish. What can be completed is known to the program itself: offhook __complete WORD...
# Installed as /usr/share/fish/vendor_completions.d/offhook.fish.

function __offhook_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l candidates ($words[1] __complete $words[2..-1] 2>/dev/null)
    if test "$candidates" = ":files"
        __fish_complete_path (commandline -ct)
    else
        printf '%s\n' $candidates
    end
end
complete -c offhook -f -a '(__offhook_complete)'
