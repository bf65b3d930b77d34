// SPDX-License-Identifier: Apache-2.0
#include "daemon/provider_changes.h"

#include "host/configuration_fields.h"

#include <algorithm>
#include <sstream>

namespace offhook::daemon {

namespace {

using nlohmann::json;

constexpr std::size_t longest_name = 64;

bool is_name(std::string_view name) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '-' || c == '_';
    };
    return !name.empty() && name.size() <= longest_name && std::ranges::all_of(name, allowed);
}

std::set<std::string> words(const std::string& needs) {
    std::set<std::string> found;
    std::istringstream stream(needs);
    for (std::string word; std::getline(stream, word, ',');) {
        const auto begin = word.find_first_not_of(' ');
        if (begin != std::string::npos)
            found.insert(word.substr(begin, word.find_last_not_of(' ') - begin + 1));
    }
    return found;
}

core::Changeover changeover_of(const json& request) {
    const auto text = request.value("apply", std::string("when-unused"));
    if (text == "when-unused") return core::Changeover::when_unused;
    if (text == "when-calls-end") return core::Changeover::when_calls_end;
    if (text == "at-once") return core::Changeover::at_once;
    throw std::invalid_argument("\"apply\" is \"when-unused\", \"when-calls-end\" or \"at-once\"");
}

// What is wrong with a configuration, by what the provider declares; empty: nothing.
std::string problem_of(const ProviderNote& note, const Settings& settings) {
    try {
        return host::check_settings(host::parse_fields(note.configuration), settings);
    } catch (const std::runtime_error& malformed) {
        return note.name + ": " + malformed.what();
    }
}

// A key that is removed and has no value is a mistake, unless the provider knows it.
std::string unknown_key_in(const std::vector<std::string>& keys, const ProviderNote& note) {
    const auto fields = host::parse_fields(note.configuration); // problem_of has read it
    for (const auto& key : keys)
        if (auto problem = host::check_key(fields, key); !problem.empty()) return problem;
    return {};
}

// A null removes the key.
void merge(Settings& settings, const json& changes) {
    for (const auto& [key, value] : changes.items()) {
        if (key.empty() || key.size() > 255) throw std::invalid_argument("a key has 1 to 255 bytes");
        if (value.is_null()) settings.erase(key);
        else settings.insert_or_assign(key, value.get<std::string>());
    }
}

std::string called(uid_t author) {
    return author == the_service ? "the service" : "user " + std::to_string(author);
}

} // namespace

// A provider's name while it is changed: two changes of one provider never overlap.
class ProviderChanges::Claim {
  public:
    Claim(std::set<std::string>& names, std::string name) : names_(names), name_(std::move(name)) {
        names_.insert(name_);
    }
    ~Claim() { names_.erase(name_); }
    Claim(const Claim&) = delete;
    Claim& operator=(const Claim&) = delete;

  private:
    std::set<std::string>& names_;
    std::string name_;
};

// What a provider may reach is listed by who installs it, or is what its library declares: TAPI's function
// for installing has no place for a list.
enum class Approval : std::uint8_t { listed, as_declared };

struct ProviderChanges::Job {
    Job(std::string_view asked, uid_t by, Answer to, const Callbacks& callbacks_of)
        : what(asked),
          author(by),
          answer(std::move(to)),
          callbacks(callbacks_of) {}

    std::string_view what; // is to be done: "installed", "configured" or "removed"
    uid_t author;
    Answer answer;
    const Callbacks& callbacks;
    Provider provider;                        // as it is to become
    std::vector<std::string> removed_in_vain; // keys without a value
    std::string approved;
    Approval approval = Approval::listed;
    core::Changeover when = core::Changeover::when_unused;
    std::optional<Claim> claim;

    void fail(std::int32_t code, std::string text) const {
        // The service itself says what comes of it.
        if (author != the_service)
            callbacks.log(core::Severity::info,
                          called(author) + " has not " + std::string(what) + ' ' +
                              (provider.name.empty() ? provider.library : provider.name) + ": " + text);
        answer(service_error(code, std::move(text)));
    }
    void committed() const {
        callbacks.log(core::Severity::info, called(author) + " has " + std::string(what) + ' ' +
                                                provider.name + " (" + provider.library + ')');
        callbacks.changed(what, provider);
    }
};

ProviderChanges::ProviderChanges(EventLoop& loop, Providers& providers, HostLimits limits,
                                 std::uint64_t deadline_ms, Callbacks callbacks)
    : loop_(loop),
      providers_(providers),
      limits_(std::move(limits)),
      deadline_ms_(deadline_ms),
      callbacks_(std::move(callbacks)) {}

ProviderChanges::JobPointer ProviderChanges::begin(std::string_view what, uid_t author,
                                                   const Answer& answer) {
    return std::make_shared<Job>(what, author, answer, callbacks_);
}

bool ProviderChanges::claim(Job& job, const std::string& name) {
    if (claimed_.contains(name)) {
        job.fail(LINEERR_INUSE,
                 "the provider " + name + " is being changed by somebody else: try again later");
        return false;
    }
    job.claim.emplace(claimed_, name);
    return true;
}

const Provider* ProviderChanges::claim_installed(Job& job, const json& request) {
    const auto name = request.at("name").get<std::string>();
    job.provider.name = name;
    const auto* provider = providers_.find(name);
    if (provider == nullptr) {
        job.fail(LINEERR_INVALPARAM,
                 "no provider named \"" + name + "\" is installed: see `offhook provider list`");
        return nullptr;
    }
    if (!claim(job, name)) return nullptr;
    job.provider = *provider;
    job.when = changeover_of(request);
    return provider;
}

void ProviderChanges::install(const json& request, uid_t author, const Answer& answer) {
    const auto job = begin("installed", author, answer);
    job->provider.library = request.at("library").get<std::string>();
    job->provider.name = request.value("name", std::string());
    job->approved = request.value("approve", std::string());
    if (request.value("approve_declared", false)) job->approval = Approval::as_declared;
    merge(job->provider.active, request.value("configuration", json::object()));
    if (!job->provider.library.starts_with('/')) {
        job->fail(LINEERR_INVALPARAM, "the library must be given by its absolute path");
        return;
    }
    read_note(job->provider.library,
              [this, job](const Outcome<ProviderNote>& note) { note_read(job, note); });
}

void ProviderChanges::read_note(const std::string& library,
                                std::function<void(const Outcome<ProviderNote>&)> then) {
    providers_.worker().submit([read = callbacks_.read_note, library] { return read(library); },
                               std::move(then));
}

void ProviderChanges::note_read(const JobPointer& job, const Outcome<ProviderNote>& note) {
    if (!note.value) {
        job->fail(LINEERR_OPERATIONFAILED, note.error);
        return;
    }
    auto& provider = job->provider;
    if (provider.name.empty()) provider.name = note.value->name;
    provider.title = note.value->title;
    provider.version = note.value->version;
    provider.needs = note.value->needs;
    if (!is_name(provider.name)) {
        job->fail(LINEERR_INVALPARAM,
                  "a provider's name has 1 to 64 letters, digits, dots, dashes and underscores");
        return;
    }
    if (job->approval == Approval::listed && words(job->approved) != words(provider.needs)) {
        job->fail(LINEERR_OPERATIONFAILED,
                  provider.needs.empty()
                      ? provider.library + " needs nothing, so nothing is to be approved"
                      : provider.library + " needs \"" + provider.needs +
                            "\" and is installed when exactly that is approved (--approve " + provider.needs +
                            ")");
        return;
    }
    if (const auto problem = problem_of(*note.value, provider.active); !problem.empty()) {
        job->fail(LINEERR_INVALPARAM, problem);
        return;
    }
    if (!claim(*job, provider.name)) return;
    if (providers_.find(provider.name) != nullptr) {
        job->fail(LINEERR_INUSE, "a provider named \"" + provider.name +
                                     "\" is installed already: choose another name (--name)");
        return;
    }
    providers_.reserve_id([this, job](const Outcome<std::uint32_t>& id) {
        if (!id.value) {
            job->fail(LINEERR_OPERATIONFAILED, id.error);
            return;
        }
        job->provider.id = *id.value;
        run(job, abi::Tspi::providerInstall,
            [this, job](const ChangeResult& result) { commit_install(job, result); });
    });
}

void ProviderChanges::configure(const json& request, uid_t author, const Answer& answer) {
    const auto job = begin("configured", author, answer);
    const auto* provider = claim_installed(*job, request);
    if (provider == nullptr) return;
    auto& settings = job->provider.active;
    if (provider->pending) settings = *provider->pending;
    if (request.contains("back_to")) {
        providers_.settings_of_change(provider->name, request.at("back_to").get<std::int64_t>(),
                                      [this, job](const Outcome<Settings>& kept) {
                                          if (!kept.value) return job->fail(LINEERR_INVALPARAM, kept.error);
                                          job->provider.active = *kept.value;
                                          check_configuration(job);
                                      });
        return;
    }
    const auto& changes = request.at("configuration");
    for (const auto& [key, value] : changes.items())
        if (value.is_null() && !settings.contains(key) && !provider->active.contains(key))
            job->removed_in_vain.push_back(key);
    merge(settings, changes);
    check_configuration(job);
}

// A library that cannot be read any more is left to the host, which says why.
void ProviderChanges::check_configuration(const JobPointer& job) {
    read_note(job->provider.library, [this, job](const Outcome<ProviderNote>& note) {
        auto problem = note.value ? problem_of(*note.value, job->provider.active) : std::string();
        if (note.value && problem.empty()) problem = unknown_key_in(job->removed_in_vain, *note.value);
        if (problem.empty()) run_configuration(job);
        else job->fail(LINEERR_INVALPARAM, problem);
    });
}

// Of an installed provider, with what is set, or of a library.
void ProviderChanges::fields(const json& request, const Answer& answer) {
    const auto name = request.value("name", std::string());
    const auto* provider = name.empty() ? nullptr : providers_.find(name);
    if (!name.empty() && provider == nullptr)
        return answer(service_error(LINEERR_INVALPARAM, "no provider named \"" + name +
                                                            "\" is installed: see `offhook provider list`"));
    const auto library = provider != nullptr ? provider->library : request.at("library").get<std::string>();
    if (!library.starts_with('/'))
        return answer(service_error(LINEERR_INVALPARAM, "the library must be given by its absolute path"));
    const auto settings = provider != nullptr ? provider->active : Settings();
    const auto pending = provider != nullptr ? provider->pending : std::nullopt;
    read_note(library, [answer, library, settings, pending](const Outcome<ProviderNote>& note) {
        if (!note.value) return answer(service_error(LINEERR_OPERATIONFAILED, note.error));
        try {
            answer({0,
                    {{"fields", host::fields_as_json(host::parse_fields(note.value->configuration), settings,
                                                     pending)}}});
        } catch (const std::runtime_error& malformed) {
            answer(service_error(LINEERR_OPERATIONFAILED, library + ": " + malformed.what()));
        }
    });
}

void ProviderChanges::run_configuration(const JobPointer& job) {
    run(job, abi::Tspi::providerConfig,
        [this, job](const ChangeResult& result) { commit_configuration(job, result); });
}

// Of one provider, also one that was removed, or of all.
void ProviderChanges::history(const json& request, const Answer& answer) {
    providers_.history([name = request.value("name", std::string()),
                        answer](const Outcome<std::vector<Change>>& found) {
        if (!found.value) return answer(service_error(LINEERR_OPERATIONFAILED, found.error));
        json changes = json::array();
        for (const auto& change : *found.value)
            if (name.empty() || change.provider == name)
                changes.push_back({{"number", change.number},
                                   {"time", change.time},
                                   {"author", change.author == the_service ? json() : json(change.author)},
                                   {"provider", change.provider},
                                   {"change", change.text}});
        answer({0, {{"changes", std::move(changes)}}});
    });
}

void ProviderChanges::remove(const json& request, uid_t author, const Answer& answer) {
    const auto job = begin("removed", author, answer);
    const auto name = request.at("name").get<std::string>();
    if (const auto id = callbacks_.removed(name); id && providers_.find(name) == nullptr) {
        // Its session has not ended yet: it may be made to sooner.
        job->provider.id = *id;
        callbacks_.core().provider_removed(core::ProviderId{*id}, changeover_of(request));
        return answer_with_effect(*job);
    }
    if (claim_installed(*job, request) == nullptr) return;
    run(job, abi::Tspi::providerRemove, [this, job](const ChangeResult& result) {
        // A library that is gone or broken must not stay installed for ever: only the provider itself may
        // refuse.
        if (result.kind == ChangeResult::Kind::lost)
            callbacks_.log(core::Severity::warning,
                           job->provider.name + ": removed without TSPI_providerRemove: " + result.reason);
        else if (!agreed(*job, abi::Tspi::providerRemove, result)) return;
        commit_removal(job);
    });
}

void ProviderChanges::run(const JobPointer& job, abi::Tspi function,
                          std::function<void(const ChangeResult&)> then) {
    const auto& provider = job->provider;
    const wire::HostHello hello{.mode = wire::HostMode::change,
                                .provider = provider.id,
                                .library = provider.library,
                                .needs = provider.needs,
                                .configuration = provider.active};
    const auto place = hosts_.emplace(hosts_.end());
    *place = std::make_unique<ChangeHost>(
        loop_, limits_, deadline_ms_, hello, function,
        [this, name = provider.name](core::Severity severity, const std::string& line) {
            callbacks_.log(severity, name + ": " + line);
        },
        [this, place, then = std::move(then)](const ChangeResult& result) {
            // Kept until this returns: it is what is running.
            std::list<std::unique_ptr<ChangeHost>> ended;
            ended.splice(ended.end(), hosts_, place);
            then(result);
            callbacks_.ended();
        });
}

bool ProviderChanges::agreed(const Job& job, abi::Tspi function, const ChangeResult& result) {
    const auto name = std::string(abi::row(function).name);
    switch (result.kind) {
    case ChangeResult::Kind::done: return true;
    case ChangeResult::Kind::refused:
        job.fail(result.code,
                 "the provider refuses (" + name + ")" + (result.reason.empty() ? "" : ": " + result.reason));
        return false;
    case ChangeResult::Kind::lost:
        job.fail(LINEERR_OPERATIONFAILED, "the provider failed: " + result.reason + ". Nothing was changed.");
        return false;
    }
    return false;
}

void ProviderChanges::commit_install(const JobPointer& job, const ChangeResult& result) {
    if (!agreed(*job, abi::Tspi::providerInstall, result)) return;
    job->provider.active = result.settings;
    providers_.add(job->provider, job->author, [this, job](const std::string& error) {
        const auto& provider = job->provider;
        if (!error.empty()) {
            job->fail(LINEERR_OPERATIONFAILED, error);
            return;
        }
        job->committed();
        callbacks_.core().provider_added(core::ProviderId{provider.id}, provider.name, provider.library);
        job->answer({0, {{"id", provider.id}, {"name", provider.name}}});
    });
}

void ProviderChanges::commit_configuration(const JobPointer& job, const ChangeResult& result) {
    if (!agreed(*job, abi::Tspi::providerConfig, result)) return;
    const auto id = job->provider.id;
    providers_.set_pending(id, result.settings, job->author, [this, job](const std::string& error) {
        if (!error.empty()) {
            job->fail(LINEERR_OPERATIONFAILED, error);
            return;
        }
        job->committed();
        offer(job);
    });
}

// A running session may take the new configuration over; else it comes to its end.
void ProviderChanges::offer(const JobPointer& job) {
    const auto id = job->provider.id;
    const auto* provider = providers_.find(id);
    if (provider == nullptr || !provider->pending) return job->answer({0, {{"effect", "next-session"}}});
    callbacks_.reconfigure(id, *provider->pending, [this, job, id](bool taken) {
        if (!taken) {
            callbacks_.core().provider_changed(core::ProviderId{id}, job->when);
            return answer_with_effect(*job);
        }
        // The next session would make it active too: nothing is lost when this fails.
        providers_.activate(id, [this, job](const std::string& error) {
            if (!error.empty()) callbacks_.log(core::Severity::error, job->provider.name + ": " + error);
            job->answer({0, {{"effect", "now"}}});
        });
    });
}

// When what was asked for takes effect.
void ProviderChanges::answer_with_effect(const Job& job) {
    const auto id = job.provider.id;
    const auto change = callbacks_.change_of(id);
    const char* effect = "waits";
    if (change.is_null()) effect = callbacks_.session_runs(id) ? "restart" : "next-session";
    job.answer({0, {{"effect", effect}, {"change", change}}});
}

void ProviderChanges::commit_removal(const JobPointer& job) {
    const auto id = job->provider.id;
    providers_.remove(id, job->author, [this, job](const std::string& error) {
        if (!error.empty()) {
            job->fail(LINEERR_OPERATIONFAILED, error);
            return;
        }
        job->committed();
        callbacks_.core().provider_removed(core::ProviderId{job->provider.id}, job->when);
        answer_with_effect(*job);
    });
}

void ProviderChanges::kill_all(std::string_view why) {
    for (const auto& host : hosts_) host->kill(why);
}

} // namespace offhook::daemon
