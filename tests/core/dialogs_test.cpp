// SPDX-License-Identifier: Apache-2.0
//
// Dialogs of providers at applications: who is asked, who hears what, and when it is over.
#include "core/dialog_library.h"
#include "tests/core/scripted.h"

#include "abi/utf16.h"

namespace offhook::test {
namespace {

using abi::Tapi;
using abi::Tspi;
using core::Arguments;
using core::as_result;
using core::dialog_library;

TEST(DialogLibrary, LiesInTheFolderOfTheProvider) {
    constexpr std::string_view provider = "/usr/lib/offhook/sip.tsp";
    EXPECT_EQ(dialog_library(provider, u"sip_ui.so"), "/usr/lib/offhook/sip_ui.so");
    EXPECT_EQ(dialog_library(provider, u"/usr/lib/offhook/sip_ui.so"), "/usr/lib/offhook/sip_ui.so");
    EXPECT_EQ(dialog_library(provider, u"/usr/lib/offhook/ui/sip.so"), "/usr/lib/offhook/ui/sip.so");
    for (const auto* elsewhere :
         {u"/tmp/sip_ui.so", u"../sip_ui.so", u"/usr/lib/offhook/../sip_ui.so", u"/usr/lib/offhook", u"",
          u"/usr/lib/offhook/", u"/usr/lib/offhook2/sip_ui.so", u"a/./b.so", u"a//b.so", u"a/.."})
        EXPECT_EQ(dialog_library(provider, elsewhere), std::nullopt) << abi::to_utf8(elsewhere);
    EXPECT_EQ(dialog_library(provider, std::u16string_view(u"a.so\0b", 6)), std::nullopt);
    EXPECT_EQ(dialog_library("sip.tsp", u"sip_ui.so"), std::nullopt);
}

class Dialogs : public Rules {
  protected:
    Dialogs() {
        behaviour.completion = Completion::when_told;
        behaviour.dialog_library = u"ui.so";
    }
    static Arguments<Tapi::lineConfigDialog> line_dialog(std::uint32_t device = 0) {
        return Arguments<Tapi::lineConfigDialog>().with<"dwDeviceID">(device);
    }
    // Begins a request of the application's, which stays outstanding.
    std::uint32_t request(ScriptedApplication& application) {
        application.initialise();
        const auto id = application.make_call(application.open(LINECALLPRIVILEGE_NONE));
        EXPECT_GT(id, 0);
        return static_cast<std::uint32_t>(id);
    }
    std::uint32_t start(std::uint32_t request, std::u16string_view library = u"ui.so") {
        const auto dialog = provider().start_dialog(request, driver, library);
        world.run_until_quiet();
        return dialog;
    }
    std::size_t freed() { return entered(Tspi::providerFreeDialogInstance); }
    bool logged(std::string_view text) const {
        const auto& lines = world.log_lines();
        return std::any_of(lines.begin(), lines.end(),
                           [&](const std::string& line) { return line.find(text) != std::string::npos; });
    }

    static constexpr std::uint64_t driver = 0x7'0000'0001;
};

// ---- Dialogs that applications ask for

TEST_F(Dialogs, R105_TheProviderNamesTheLibrary) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    ASSERT_EQ(application.open_dialog(line_dialog()), 0);
    EXPECT_EQ(entered(Tspi::providerUIIdentify), 1u);
    EXPECT_EQ(application.dialog().library, "/ui.so");
    EXPECT_NE(application.dialog().dialog, 0u);
    EXPECT_EQ(application.end_dialog(application.dialog().dialog), 0);
    EXPECT_EQ(application.end_dialog(application.dialog().dialog), as_result(LINEERR_INVALPARAM));
    EXPECT_EQ(freed(), 0u); // the provider did not start it
}

TEST_F(Dialogs, R105_PhonesAndProvidersHaveThemToo) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    EXPECT_EQ(application.open_dialog(Arguments<Tapi::phoneConfigDialog>().with<"dwDeviceID">(0)),
              as_result(LINEERR_UNINITIALIZED)); // as an application of phones
    EXPECT_EQ(application.open_dialog(Arguments<Tapi::lineConfigProvider>().with<"dwPermanentProviderID">(1)),
              0);
    EXPECT_EQ(application.open_dialog(Arguments<Tapi::lineConfigProvider>().with<"dwPermanentProviderID">(9)),
              as_result(LINEERR_INVALPARAM));
    EXPECT_EQ(application.open_dialog(line_dialog(99)), as_result(LINEERR_BADDEVICEID));
    EXPECT_EQ(application.open_dialog(
                  Arguments<Tapi::lineConfigDialogEdit>().with<"dwDeviceID">(0).with<"dwSize">(4)),
              as_result(LINEERR_INVALPOINTER));
}

TEST_F(Dialogs, R105_AProviderThatWasInstalledShowsItsDialogWhenItsSessionRuns) {
    const auto of = [](const auto& library) {
        return Arguments<Tapi::lineAddProvider>().with<"lpszProviderFilename">(
            core::bytes_value(std::as_bytes(std::span(library).first(std::size(library) - 1))));
    };
    install();
    ScriptedApplication application(world);
    EXPECT_EQ(application.open_dialog(of(u"/one.tsp")), as_result(LINEERR_OPERATIONUNAVAIL)); // none runs
    application.initialise();
    world.core().provider_added(core::ProviderId{2}, "two", "/two.tsp");
    ASSERT_EQ(application.open_dialog(of(u"/two.tsp")), 0);
    EXPECT_EQ(world.core().snapshot().providers.at(1).stage, "running");
    EXPECT_EQ(application.open_dialog(of(u"/nowhere.tsp")), as_result(LINEERR_INVALPARAM));
    world.core().provider_added(core::ProviderId{3}, "three", "/three.tsp");
    application.submit(of(u"/three.tsp"));
    while (world.core().snapshot().providers.at(2).session == 0 && world.step()) {
    }
    world.host_dies(world.core().snapshot().providers.at(2).session);
    world.run_until_quiet();
    EXPECT_TRUE(application.answered());
}

TEST_F(Dialogs, R105_AProviderThatIsToBeRemovedShowsItsDialog) {
    install();
    ScriptedApplication application(world);
    const auto of_one = Arguments<Tapi::lineRemoveProvider>().with<"dwPermanentProviderID">(1);
    EXPECT_EQ(application.open_dialog(of_one), as_result(LINEERR_OPERATIONUNAVAIL));
    application.initialise();
    EXPECT_EQ(application.open_dialog(of_one), 0);
    EXPECT_EQ(application.open_dialog(Arguments<Tapi::lineRemoveProvider>().with<"dwPermanentProviderID">(9)),
              as_result(LINEERR_INVALPARAM));
    EXPECT_FALSE(world.core().snapshot().providers.at(0).removed);
}

TEST_F(Dialogs, R105_AProviderWithoutALibraryShowsNone) {
    behaviour.dialog_library.clear();
    install();
    ScriptedApplication application(world);
    application.initialise();
    EXPECT_EQ(application.open_dialog(line_dialog()), as_result(LINEERR_OPERATIONUNAVAIL));
}

TEST_F(Dialogs, R105_ALibraryOutOfTheProvidersFolderIsRefusedAndNamed) {
    behaviour.dialog_library = u"/../tmp/ui.so";
    install();
    ScriptedApplication application(world);
    application.initialise();
    EXPECT_EQ(application.open_dialog(line_dialog()), as_result(LINEERR_OPERATIONFAILED));
    EXPECT_TRUE(logged("/../tmp/ui.so"));
}

TEST_F(Dialogs, R106_WhatTheLibrarySaysReachesTheProviderAndComesBackChanged) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    ASSERT_EQ(application.open_dialog(line_dialog(1)), 0);
    const auto dialog = application.dialog().dialog;
    EXPECT_EQ(application.say(dialog, TUISPIDLL_OBJECT_LINEID, 1, "abc"), 0);
    EXPECT_EQ(application.block(), "cba");
    EXPECT_EQ(application.say(dialog, TUISPIDLL_OBJECT_PROVIDERID, 1, "xy"), 0);
    EXPECT_EQ(application.block(), "yx");
}

TEST_F(Dialogs, R106_AnObjectThatIsNotTheDialogsIsRefused) {
    install();
    world.core().provider_added(core::ProviderId{2}, "two", "/two.tsp");
    ScriptedApplication application(world), other(world);
    application.initialise();
    other.initialise();
    ASSERT_EQ(application.open_dialog(line_dialog()), 0);
    const auto dialog = application.dialog().dialog;
    const auto says = [&](std::uint32_t type, std::uint64_t object) {
        return application.say(dialog, type, object, "abc");
    };
    const auto lie = as_result(LINEERR_INVALPARAM);
    EXPECT_EQ(says(TUISPIDLL_OBJECT_LINEID, 2), lie);  // of the other provider
    EXPECT_EQ(says(TUISPIDLL_OBJECT_LINEID, 77), lie); // of nobody
    EXPECT_EQ(says(TUISPIDLL_OBJECT_LINEID, 0x1'0000'0000), lie);
    EXPECT_EQ(says(TUISPIDLL_OBJECT_PROVIDERID, 2), lie);
    EXPECT_EQ(says(TUISPIDLL_OBJECT_DIALOGINSTANCE, dialog), lie); // the provider has no name for it
    EXPECT_EQ(says(0, 0), lie);
    EXPECT_EQ(other.say(dialog, TUISPIDLL_OBJECT_LINEID, 0, "abc"), lie); // another application's dialog
    EXPECT_EQ(other.end_dialog(dialog), lie);
    EXPECT_EQ(entered(Tspi::providerGenericDialogData), 0u);
    EXPECT_EQ(says(TUISPIDLL_OBJECT_LINEID, 0), 0); // it is still there
}

TEST_F(Dialogs, R106_TheLibraryIsToldOfALostSession) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    ASSERT_EQ(application.open_dialog(line_dialog()), 0);
    world.host_dies(world.core().snapshot().providers.at(0).session);
    EXPECT_LT(application.say(application.dialog().dialog, TUISPIDLL_OBJECT_LINEID, 0, "abc"), 0);
}

TEST_F(Dialogs, AnApplicationHasABoundedNumberOfThem) {
    install();
    ScriptedApplication application(world);
    application.initialise();
    for (int i = 0; i < 16; ++i) ASSERT_EQ(application.open_dialog(line_dialog()), 0);
    EXPECT_EQ(application.open_dialog(line_dialog()), as_result(LINEERR_RESOURCEUNAVAIL));
    EXPECT_EQ(application.end_dialog(application.dialog().dialog), 0);
    EXPECT_EQ(application.open_dialog(line_dialog()), 0);
}

TEST_F(Dialogs, AMalformedFrameEndsTheConnection) {
    install();
    ScriptedApplication application(world);
    Message message;
    wire::FrameWriter(message.bytes, {.kind = wire::FrameKind::dialog, .function = 99}).finish();
    std::string reason;
    EXPECT_FALSE(
        world.core().application_frame(core::ApplicationId{application.id()}, message.frame(), reason));
    EXPECT_NE(reason.find("dialog"), std::string::npos);
}

// ---- Dialogs that providers start

TEST_F(Dialogs, R107_TheApplicationThatMadeTheRequestShowsIt) {
    install();
    ScriptedApplication application(world), other(world);
    const auto id = request(application);
    other.initialise();
    other.open(LINECALLPRIVILEGE_MONITOR);
    other.events.clear();
    const auto dialog = start(id);
    const auto shown = application.next(LINE_CREATEDIALOGINSTANCE);
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->fields.device, dialog);
    wire::PayloadReader late(shown->late_bytes);
    EXPECT_EQ(late.utf8(), "/ui.so");
    EXPECT_EQ(late.utf8(), "shown first");
    EXPECT_TRUE(late.finished());
    EXPECT_FALSE(other.next(LINE_CREATEDIALOGINSTANCE));

    // Its library names the dialog by the service's handle, the provider is given its own.
    EXPECT_EQ(application.say(dialog, TUISPIDLL_OBJECT_DIALOGINSTANCE, dialog, "abc"), 0);
    EXPECT_EQ((core::wide_of<Tspi::providerGenericDialogData, "dwObjectID">(provider().last_inputs())),
              driver);
    EXPECT_EQ(application.say(dialog, TUISPIDLL_OBJECT_DIALOGINSTANCE, dialog + 1, "abc"),
              as_result(LINEERR_INVALPARAM));
}

TEST_F(Dialogs, R107_WithoutARequestThereIsNoDialog) {
    install();
    ScriptedApplication application(world);
    const auto id = request(application);
    start(id + 1);
    EXPECT_TRUE(reported(107));
    EXPECT_EQ(freed(), 1u); // so that the provider knows
    start(id, u"/../ui.so");
    EXPECT_EQ(freed(), 2u);
    EXPECT_FALSE(application.next(LINE_CREATEDIALOGINSTANCE));
}

TEST_F(Dialogs, R107_AHandleThatWasNotGrantedEndsTheSession) {
    install();
    ScriptedApplication application(world);
    const auto id = request(application);
    const auto dialog = start(id);
    std::string reason;
    Message whole;
    wire::FrameWriter to(whole.bytes,
                         {.kind = wire::FrameKind::event, .function = LINE_CREATEDIALOGINSTANCE});
    wire::write(to, wire::EventFromHost{.parameter1 = id, .parameter3 = dialog});
    to.text(u"ui.so");
    to.null();
    to.finish();
    const auto session = core::SessionId{world.core().snapshot().providers.at(0).session};
    EXPECT_FALSE(world.core().host_frame(session, whole.frame(), reason));
    EXPECT_NE(reason.find("not granted"), std::string::npos);
}

TEST_F(Dialogs, R109_WhatTheProviderSendsGoesOneWayAndNothingMeansClose) {
    install();
    ScriptedApplication application(world);
    const auto dialog = start(request(application));
    provider().send_dialog_data(dialog, "more");
    world.run_until_quiet();
    const auto more = application.next(LINE_SENDDIALOGINSTANCEDATA);
    ASSERT_TRUE(more);
    EXPECT_EQ(more->fields.device, dialog);
    EXPECT_EQ(wire::PayloadReader(more->late_bytes).utf8(), "more");
    provider().send_dialog_data(dialog, std::nullopt);
    world.run_until_quiet();
    const auto close = application.next(LINE_SENDDIALOGINSTANCEDATA);
    ASSERT_TRUE(close);
    EXPECT_TRUE(wire::PayloadReader(close->late_bytes).block().null);
    // From then on the provider hears of the end alone.
    EXPECT_LT(application.say(dialog, TUISPIDLL_OBJECT_DIALOGINSTANCE, dialog, "abc"), 0);
    EXPECT_EQ(entered(Tspi::providerGenericDialogData), 0u);
    provider().send_dialog_data(dialog, "after the end");
    world.run_until_quiet();
    EXPECT_FALSE(application.next(LINE_SENDDIALOGINSTANCEDATA));
    EXPECT_EQ(freed(), 0u);
    EXPECT_EQ(application.end_dialog(dialog), 0);
    world.run_until_quiet();
    EXPECT_EQ(freed(), 1u);
}

TEST_F(Dialogs, R110_TheProviderIsToldOfTheEndOnce) {
    install();
    ScriptedApplication application(world), other(world);
    other.initialise(); // the session goes on
    const auto dialog = start(request(application));
    EXPECT_EQ(application.end_dialog(dialog, as_result(LINEERR_OPERATIONFAILED), "the helper crashed"), 0);
    world.run_until_quiet();
    EXPECT_EQ(freed(), 1u);
    EXPECT_EQ((core::wide_of<Tspi::providerFreeDialogInstance, "hdDlgInst">(provider().last_inputs())),
              driver);
    EXPECT_TRUE(logged("the helper crashed"));
    EXPECT_NE(application.end_dialog(dialog), 0);
    world.disconnect(application.id());
    world.run_until_quiet();
    EXPECT_EQ(freed(), 1u);
}

TEST_F(Dialogs, R110_TheProviderIsToldWhenTheApplicationDies) {
    install();
    ScriptedApplication application(world), other(world);
    other.initialise(); // the session goes on
    start(request(application));
    world.disconnect(application.id());
    world.run_until_quiet();
    EXPECT_EQ(freed(), 1u);
}

TEST_F(Dialogs, R110_TheProviderIsToldWhenTheApplicationShutsDown) {
    install();
    ScriptedApplication application(world), other(world);
    other.initialise();
    start(request(application));
    EXPECT_EQ(application.call(Arguments<Tapi::lineShutdown>().with<"hLineApp">(application.app())), 0);
    world.run_until_quiet();
    EXPECT_EQ(freed(), 1u);
}

TEST_F(Dialogs, R110_TheProviderIsToldBeforeItsSessionEndsAndTheDialogCloses) {
    install();
    ScriptedApplication application(world);
    const auto dialog = start(request(application));
    auto& one = provider();
    world.core().provider_changed(core::ProviderId{1}, core::Changeover::at_once);
    std::vector<Tspi> calls;
    while (std::count(calls.begin(), calls.end(), Tspi::providerShutdown) == 0 && world.step())
        calls = one.received_calls();
    const auto freed_at = std::find(calls.begin(), calls.end(), Tspi::providerFreeDialogInstance);
    EXPECT_LT(freed_at, std::find(calls.begin(), calls.end(), Tspi::providerShutdown));
    world.run_until_quiet();
    const auto close = application.next(LINE_SENDDIALOGINSTANCEDATA);
    ASSERT_TRUE(close);
    EXPECT_EQ(close->fields.device, dialog);
    EXPECT_NE(application.end_dialog(dialog), 0);
}

TEST_F(Dialogs, R110_AfterTheSessionNobodyIsTold) {
    install();
    ScriptedApplication application(world);
    const auto dialog = start(request(application));
    world.host_dies(world.core().snapshot().providers.at(0).session);
    world.run_until_quiet();
    EXPECT_TRUE(application.next(LINE_SENDDIALOGINSTANCEDATA));
    EXPECT_NE(application.end_dialog(dialog), 0);
    while (world.core().snapshot().providers.at(0).stage != "running" && world.step()) {
    }
    EXPECT_EQ(freed(), 0u); // in the session that follows
}

TEST_F(Dialogs, HandlesAreGrantedAgain) {
    install();
    ScriptedApplication application(world);
    const auto id = request(application);
    for (int i = 0; i < 20; ++i) {
        const auto dialog = start(id);
        ASSERT_NE(dialog, 0u);
        EXPECT_EQ(application.end_dialog(dialog), 0);
        world.run_until_quiet();
    }
    EXPECT_EQ(freed(), 20u);
}

} // namespace
} // namespace offhook::test
