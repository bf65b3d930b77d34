// SPDX-License-Identifier: Apache-2.0
//
// Dialogs of a provider, in the processes that show them: none of what happens there reaches the application
// or the service.
#include "tests/system/application.h"
#include "tests/system/child.h"
#include "tests/system/service.h"

#include <gmock/gmock.h>

#include <fcntl.h>
#include <poll.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <optional>
#include <sstream>
#include <thread>

namespace {

using namespace offhook;
using namespace offhook::system_test;
using testing::HasSubstr;
using testing::Not;

class Dialogs : public testing::Test {
  protected:
    void install(const std::string& library = DIALOG_LIBRARY) {
        service_.install_dialog("dialog", library);
        application_.emplace();
    }
    static LONG config(const char* what) { return lineConfigDialogA(0, nullptr, what); }
    std::string command(const std::string& text) const { return service_.command("dialog", text); }
    // The process that the library says it runs in.
    Process shown_in(const std::string& text) const {
        return Process(std::stoi(text.substr(text.find_first_of("0123456789"))));
    }
    // A dialog is started when the application takes its messages.
    template <class F> auto while_messages_are_taken(F act) {
        auto acting = std::async(std::launch::async, act);
        LINEMESSAGE message{};
        while (acting.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
            application_->next(message, 20);
        return acting.get();
    }
    LONG start_dialog() {
        HLINE line = 0;
        good(application_->try_open(0, line), "lineOpen");
        return good(lineMakeCallA(line, &call_, "dialog", 0, nullptr), "lineMakeCall");
    }

    Service service_;
    std::optional<Application> application_;
    HCALL call_ = 0;
};

TEST_F(Dialogs, R105_TheLibraryRunsAsTheApplicationsUserInAProcessOfItsOwn) {
    install();
    ASSERT_EQ(config("who"), 0);
    const auto who = command("await process ");
    EXPECT_THAT(who, HasSubstr(" of " + std::to_string(::getuid())));
    EXPECT_THAT(who, Not(HasSubstr("process " + std::to_string(::getpid()) + " ")));
    std::ifstream maps("/proc/self/maps");
    std::stringstream mapped;
    mapped << maps.rdbuf();
    EXPECT_THAT(mapped.str(), Not(HasSubstr("dialog_library")));
}

TEST_F(Dialogs, R106_WhatTheLibrarySaysComesBackChangedByTheProvider) {
    install();
    EXPECT_EQ(config("echo"), 0);
    EXPECT_EQ(config("lie"), LINEERR_INVALPARAM); // of a line that the provider has not
    EXPECT_EQ(lineConfigProvider(nullptr, 1), 0);
    EXPECT_EQ(config("refuse"), LINEERR_INUSE);
    HPHONEAPP phones = 0;
    DWORD count = 0, version = 0x00020002;
    PHONEINITIALIZEEXPARAMS wanted{};
    wanted.dwTotalSize = sizeof wanted;
    wanted.dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT;
    ASSERT_EQ(phoneInitializeExA(&phones, nullptr, nullptr, "dialogs", &count, &version, &wanted), 0);
    EXPECT_EQ(phoneConfigDialogA(0, nullptr, "phone"), 0);
    EXPECT_EQ(phoneConfigDialogA(0, nullptr, "crash"), static_cast<LONG>(PHONEERR_OPERATIONFAILED));
    EXPECT_EQ(phoneShutdown(phones), 0);
}

TEST_F(Dialogs, R103_AProviderThatIsInUseRefusesToBeConfiguredAndItsDialogCanSaySo) {
    install();
    HLINE line = 0;
    good(application_->try_open(0, line), "lineOpen");
    EXPECT_EQ(lineConfigProvider(nullptr, 1), LINEERR_OPERATIONFAILED);
    EXPECT_EQ(command("await abc"), "abc"); // the dialog had asked
    good(lineClose(line), "lineClose");
    EXPECT_EQ(lineConfigProvider(nullptr, 1), 0);
}

TEST_F(Dialogs, R100_AnApplicationInstallsAndRemovesAProviderWithItsDialogs) {
    DWORD id = 0;
    const auto providers = [] { return ask(wire::ServiceFunction::provider_list).at("providers").size(); };
    ASSERT_EQ(lineAddProviderA(DIALOG_PROVIDER, nullptr, &id), 0); // no session: no dialog
    EXPECT_EQ(lineAddProviderA(DIALOG_PROVIDER, nullptr, &id), LINEERR_NOMULTIPLEINSTANCE);
    EXPECT_EQ(lineAddProviderA("/nowhere.tsp", nullptr, &id), LINEERR_OPERATIONFAILED);
    EXPECT_EQ(lineAddProviderA(nullptr, nullptr, &id), LINEERR_INVALPOINTER);
    EXPECT_EQ(lineRemoveProvider(id, nullptr), 0);
    EXPECT_EQ(lineRemoveProvider(id, nullptr), LINEERR_INVALPARAM);

    application_.emplace();
    ::setenv("DIALOG_REFUSES", "1", 1);
    EXPECT_EQ(lineAddProviderA(DIALOG_PROVIDER, nullptr, &id), LINEERR_NOMULTIPLEINSTANCE);
    ::unsetenv("DIALOG_REFUSES");
    while (providers() != 0) std::this_thread::yield(); // its session ends
    const std::string path = DIALOG_PROVIDER;
    ASSERT_EQ(lineAddProviderW(std::u16string(path.begin(), path.end()).c_str(), nullptr, &id), 0);
    EXPECT_EQ(command("await installed "), "installed " + std::to_string(id));
    ::setenv("DIALOG_REFUSES", "1", 1);
    EXPECT_EQ(lineRemoveProvider(id, nullptr), LINEERR_NOMULTIPLEINSTANCE);
    ::unsetenv("DIALOG_REFUSES");
    EXPECT_EQ(providers(), 1u);
    EXPECT_EQ(lineRemoveProvider(id, nullptr), 0);
    while (providers() != 0) std::this_thread::yield();
}

TEST_F(Dialogs, R106_AnEditedConfigurationComesBack) {
    install();
    struct {
        VARSTRING header;
        std::array<char, 64> room;
    } edited{};
    edited.header.dwTotalSize = sizeof edited;
    std::array<char, 4> given{'1', '2', '3', '4'};
    ASSERT_EQ(lineConfigDialogEditW(0, nullptr, nullptr, given.data(), given.size(), &edited.header), 0);
    ASSERT_EQ(edited.header.dwStringSize, given.size());
    const auto* const text = reinterpret_cast<const char*>(&edited) + edited.header.dwStringOffset;
    EXPECT_EQ(std::string_view(text, given.size()), "4321");
}

TEST_F(Dialogs, ACrashOfTheLibraryIsAnErrorAndNothingElse) {
    install();
    EXPECT_EQ(config("crash"), LINEERR_OPERATIONFAILED);
    EXPECT_EQ(config("echo"), 0);
    EXPECT_THAT(service_.log(), HasSubstr("may have crashed"));
}

TEST_F(Dialogs, R013_ADialogHoldsUpNothingElseAndMayBeKilled) {
    install();
    auto shown = std::async(std::launch::async, [] { return config("hang"); });
    const auto helper = shown_in(command("await process "));
    EXPECT_EQ(config("echo"), 0); // another dialog of the same line
    HLINE line = 0;
    EXPECT_EQ(application_->try_open(0, line), 0);
    EXPECT_EQ(lineClose(line), 0);
    helper.kill(SIGKILL);
    EXPECT_EQ(shown.get(), LINEERR_OPERATIONFAILED);
}

TEST_F(Dialogs, R105_ALibraryOutsideOfTheProvidersFolderIsNotLoaded) {
    install("/tmp/dialog_library.so");
    EXPECT_EQ(config("echo"), LINEERR_OPERATIONFAILED);
    EXPECT_THAT(service_.log(), HasSubstr("/tmp/dialog_library.so"));
}

TEST_F(Dialogs, AMissingLibraryIsAnErrorThatTheLogExplains) {
    install("no_such_library.so");
    EXPECT_EQ(config("echo"), LINEERR_NODRIVER);
    EXPECT_THAT(service_.log(), HasSubstr("no_such_library.so: cannot open shared object file"));
}

TEST_F(Dialogs, AMissingProgramIsAnErrorThatTheLogExplains) {
    install();
    const std::string program = ::getenv("OFFHOOK_UI");
    ::setenv("OFFHOOK_UI", "/nowhere/offhook-ui", 1);
    EXPECT_EQ(config("echo"), LINEERR_NODRIVER);
    ::setenv("OFFHOOK_UI", program.c_str(), 1);
    EXPECT_THAT(service_.log(), HasSubstr("/nowhere/offhook-ui cannot be started"));
}

TEST_F(Dialogs, R107_R108_AProviderStartsADialogInTheApplicationThatMadeTheRequest) {
    install();
    const auto request = start_dialog();
    // The application's thread goes on meanwhile.
    EXPECT_THAT(while_messages_are_taken([&] { return command("await shown "); }),
                HasSubstr("shown first in "));
    EXPECT_EQ(config("echo"), 0);
    // What the provider sends arrives there (R109), and what comes back is its own dialog's.
    command("send more");
    EXPECT_EQ(while_messages_are_taken([&] { return command("await got "); }), "got more");
    command("send finish");
    EXPECT_EQ(while_messages_are_taken([&] { return command("freed"); }), "1");
    EXPECT_EQ(application_->wait_for_reply(request), LINEERR_OPERATIONFAILED);
    EXPECT_EQ(command("freed"), "1");
}

TEST_F(Dialogs, R109_R110_TheProviderClosesItsDialog) {
    install();
    start_dialog();
    while_messages_are_taken([&] { return command("await shown "); });
    command("close");
    EXPECT_EQ(while_messages_are_taken([&] { return command("freed"); }), "1");
}

TEST_F(Dialogs, R110_ADialogThatCrashesIsFreed) {
    install();
    start_dialog();
    while_messages_are_taken([&] { return command("await shown "); });
    command("send crash");
    EXPECT_EQ(while_messages_are_taken([&] { return command("freed"); }), "1");
}

TEST_F(Dialogs, R110_ADialogEndsWithItsApplication) {
    install();
    Child child([](const Child::Say& say) {
        Application other;
        HLINE line = 0;
        good(other.try_open(0, line), "lineOpen");
        HCALL call = 0;
        const auto request = good(lineMakeCallA(line, &call, "dialog", 0, nullptr), "lineMakeCall");
        say();
        other.wait_for_reply(request); // that is, until it is killed
    });
    child.wait_for_step();
    const auto shown = command("await shown ");
    const auto helper = shown_in(shown);
    child.kill();
    EXPECT_EQ(command("freed"), "1");
    EXPECT_TRUE(helper.ends_within(std::chrono::seconds(20)));
}

TEST_F(Dialogs, R110_ADialogClosesWhenItsApplicationShutsDown) {
    install();
    const Application other; // the session goes on
    start_dialog();
    const auto helper = shown_in(while_messages_are_taken([&] { return command("await shown "); }));
    application_.reset();
    EXPECT_EQ(command("freed"), "1");
    EXPECT_TRUE(helper.ends_within(std::chrono::seconds(20)));
}

// The dialogs of sim.tsp, on a terminal that the test plays the user of.
class TerminalOfUser {
  public:
    TerminalOfUser() : master_(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
        ::grantpt(master_.get());
        ::unlockpt(master_.get());
        std::array<char, 128> name{};
        ::ptsname_r(master_.get(), name.data(), name.size());
        ::setenv("OFFHOOK_SIM_TERMINAL", name.data(), 1);
        users_end_.reset(::open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC)); // it exists from now on
    }
    ~TerminalOfUser() { ::unsetenv("OFFHOOK_SIM_TERMINAL"); }
    void type(std::string_view text) {
        ASSERT_EQ(::write(master_.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
    }
    // Whether this is shown, after what was seen before.
    bool shows(std::string_view text) {
        constexpr int patience_ms = 20'000;
        for (;;) {
            if (const auto at = shown_.find(text); at != std::string::npos) {
                shown_.erase(0, at + text.size());
                return true;
            }
            pollfd readable{master_.get(), POLLIN, 0};
            std::array<char, 512> part{};
            if (::poll(&readable, 1, patience_ms) != 1) return false;
            const auto got = ::read(master_.get(), part.data(), part.size());
            if (got <= 0) return false;
            shown_.append(part.data(), static_cast<std::size_t>(got));
        }
    }

  private:
    wire::UniqueFd master_, users_end_;
    std::string shown_;
};

TEST(DialogsOfTheSimulatedExchange, ShowAnExtensionOnTheTerminal) {
    Service service;
    service.install_sim("sim");
    Application application;
    TerminalOfUser terminal;
    const auto from = application.open("Extension 101"), to = application.open("Extension 102");
    application.connect(from, to, "102");
    auto shown = std::async(std::launch::async, [device = application.device("Extension 101")] {
        return lineConfigDialogA(device, nullptr, "");
    });
    EXPECT_TRUE(terminal.shows("101"));
    EXPECT_TRUE(terminal.shows("in use, calls: 1"));
    terminal.type("h\n");
    EXPECT_TRUE(terminal.shows("on hook, in use, calls: "));
    terminal.type("\n");
    EXPECT_EQ(shown.get(), 0);
    auto exchange = std::async(std::launch::async, [] { return lineConfigProvider(nullptr, 1); });
    EXPECT_TRUE(terminal.shows("extensions: 10"));
    terminal.type("\n");
    EXPECT_EQ(exchange.get(), 0);
}

} // namespace
