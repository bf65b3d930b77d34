// SPDX-License-Identifier: Apache-2.0
//
// Every misbehaviour shows: a service that does everything once sees something else than from a provider that
// behaves.

#include "tests/sim/sim_host.h"

#include "providers/sim/misbehaviour.h"

#include <bit>
#include <chrono>
#include <future>
#include <sstream>
#include <thread>

namespace offhook::testing {
namespace {

// Does everything once and writes down what it sees.
class Witness {
  public:
    explicit Witness(std::string misbehaviour) : misbehaviour_(std::move(misbehaviour)) {}

    std::string story() {
        session({{"time", "virtual"}, {"outside.2", "ring"}, {"trunks", "9"}}, &Witness::everything);
        session({{"time", "virtual"}, {"delay.completion", "100"}}, &Witness::closing);
        return seen_.str();
    }
    // Times that the misbehaviour was asked for and did not come about.
    bool came_about() const { return came_about_; }

  private:
    static constexpr DWORD base = 100; // of the device ids
    static constexpr int times = 1000;

    void session(TspHost::Keys keys, void (Witness::*part)()) {
        TspHost host(SIM_TSP, std::move(keys));
        host_ = &host;
        host.command("behave");
        if (!misbehaviour_.empty()) host.command("misbehave " + misbehaviour_ + " " + std::to_string(times));
        DWORD version = 0;
        auto* negotiate = TSP(host, lineNegotiateTSPIVersion);
        note({negotiate(INITIALIZE_NEGOTIATION, 0x00010003, 0x00020002, &version), version});
        note({negotiate(INITIALIZE_NEGOTIATION, 0x00030000, 0x00030001, &version)});
        note({host.start(0x00020002, base)});
        DWORD options = 0;
        note({TSP(host, providerInit)(0x00020002, 1, base, base, 10, 10, nothing, &options), options});
        (this->*part)();
        said();
        host.command("misbehaviours");
        if (host.answer_text().find("(" + std::to_string(times) + " times to come)") == std::string::npos)
            came_about_ = true;
        host.command("behave");
        host.shut_down();
        host_ = nullptr;
    }

    static void nothing(DRV_REQUESTID, LONG) {}
    static void line_event(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR p1, DWORD_PTR p2,
                           DWORD_PTR p3) {
        TspHost::hear(line, call, message, p1, p2, p3);
    }
    static void phone_event(HTAPIPHONE, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3) {
        TspHost::hear(nullptr, nullptr, message, p1, p2, p3);
    }

    // Anything that can be written down. In braces, for those are evaluated from left to right.
    struct Fact {
        template <class Value> Fact(Value value) {
            std::ostringstream out;
            out << std::hex << value;
            text = out.str();
        }
        std::string text;
    };
    void note(std::initializer_list<Fact> facts) {
        for (const Fact& fact : facts) seen_ << fact.text << ' ';
    }
    void note_bytes(const std::byte* bytes, std::size_t size) {
        for (std::size_t i = 0; i < size; ++i) seen_ << std::hex << static_cast<int>(bytes[i]) << ',';
        seen_ << '\n';
    }
    void said() {
        for (const Said& said : host_->everything()) {
            note({said.message, said.line, said.call, said.p1});
            if (said.message != LINE_NEWCALL) note({said.p2, said.p3}); // there it is an address
            seen_ << '\n';
        }
        host_->forget_all();
    }
    void tell(const std::string& command) { note({host_->command(command)}); }

    // The structure, and what lies behind it.
    template <class T, class Fill> void look(Fill fill, DWORD total = 1500, std::size_t shown = 1600) {
        alignas(8) std::array<std::byte, 1600> memory{};
        auto* structure = reinterpret_cast<T*>(memory.data());
        structure->dwTotalSize = total;
        note({fill(structure)});
        note_bytes(memory.data(), shown);
    }
    void look_at(HDRVCALL call) {
        look<LINECALLINFO>([&](auto* out) { return TSP(*host_, lineGetCallInfo)(call, out); });
        // Without the time of entry, which is never the same.
        look<LINECALLSTATUS>([&](auto* out) { return TSP(*host_, lineGetCallStatus)(call, out); }, 500, 40);
    }

    HDRVLINE open(DWORD place, DWORD version = 0x00020002, DWORD media = LINEMEDIAMODE_INTERACTIVEVOICE) {
        HDRVLINE line = nullptr;
        note({TSP(*host_, lineOpen)(base + place, std::bit_cast<HTAPILINE>(std::uintptr_t{1} + place), &line,
                                    version, line_event),
              line});
        note({TSP(*host_, lineSetDefaultMediaDetection)(line, media)});
        note({TSP(*host_, lineSetStatusMessages)(line, 0x01FFFFFF, 0x1FF)});
        return line;
    }
    HDRVPHONE open_phone(DWORD place) {
        HDRVPHONE phone = nullptr;
        note({TSP(*host_, phoneOpen)(base + place, std::bit_cast<HTAPIPHONE>(std::uintptr_t{1} + place),
                                     &phone, 0x00020002, phone_event),
              phone});
        note({TSP(*host_, phoneSetStatusMessages)(phone, 0x00FFFFFF, 0x3F, 0xF)});
        return phone;
    }
    HDRVCALL call(HDRVLINE line, const std::u16string& number, const LINECALLPARAMS* parameters = nullptr) {
        const auto made = host_->make_call(line, number, parameters);
        note({made.result, made.call});
        return made.call;
    }
    HDRVCALL newest() const {
        const auto all = host_->incoming();
        return all.empty() ? nullptr : all.back().second;
    }
    HDRVCALL talk(HDRVLINE line, const std::u16string& number) {
        HDRVCALL const made = call(line, number);
        note({host_->answer(newest())});
        return made;
    }
    DRV_REQUESTID id() { return host_->next_request(); }
    HDRVCALL consult(HDRVCALL original) {
        HDRVCALL made = nullptr;
        note({TSP(*host_, lineSetupTransfer)(id(), original, host_->new_name(), &made, nullptr)});
        return made;
    }

    void structures() {
        const auto caps = [&](auto* out) { return TSP(*host_, lineGetDevCaps)(base, 0x00020002, 0, out); };
        look<LINEDEVCAPS>(caps);
        look<LINEDEVCAPS>(caps, 100);
        look<LINEADDRESSCAPS>(
            [&](auto* out) { return TSP(*host_, lineGetAddressCaps)(base, 0, 0x00010003, 0, out); });
        look<VARSTRING>([&](auto* out) {
            return TSP(*host_, lineGetID)(lines_[0], 0, nullptr, LINECALLSELECT_LINE, out, u"TAPI/Line",
                                          nullptr);
        });
    }

    void calls() {
        HDRVCALL const made = call(lines_[0], u"102");
        HDRVCALL const offered = newest();
        look_at(offered);
        note({TSP(*host_, lineHold)(id(), made)}); // which is refused
        note({TSP(*host_, lineAccept)(id(), offered, nullptr, 0), host_->answer(offered)});
        look_at(made);
        note({TSP(*host_, lineSetAppSpecific)(made, 5)});
        note({TSP(*host_, lineGenerateDigits)(made, 1, LINEDIGITMODE_DTMF, u"1", 100)});
        note({TSP(*host_, lineGenerateDigits)(made, 2, LINEDIGITMODE_DTMF, u"2", 100)});
        note({TSP(*host_, lineMonitorDigits)(made, LINEDIGITMODE_DTMF), host_->command("digits 101 5")});
        for (const DWORD gathering : {1U, 2U})
            note({TSP(*host_, lineGatherDigits)(made, gathering, LINEDIGITMODE_DTMF, digits_.data(), 4,
                                                nullptr, 0, 0)});
        tell("advance 1000");
        said();
        note({TSP(*host_, lineHold)(id(), made), TSP(*host_, lineUnhold)(id(), made)});
        note({host_->drop(consult(made))});
        said();
        HDRVCALL const consultation = consult(made);
        note({TSP(*host_, lineDial)(id(), consultation, u"103", 0), host_->answer(newest())});
        note({TSP(*host_, lineCompleteTransfer)(id(), made, consultation, nullptr, nullptr,
                                                LINETRANSFERMODE_TRANSFER)});
        look_at(made);
        tell("drop 102");
        tell("drop 103");
        said();
        note({TSP(*host_, lineSetAppSpecific)(made, 6)}); // which is idle
        said();
    }

    void conferences() {
        for (const bool removes : {true, false}) {
            HDRVCALL const made = talk(lines_[0], u"102");
            HDRVCALL parent = nullptr, added = nullptr;
            note({TSP(*host_, lineSetupConference)(id(), made, nullptr, host_->new_name(), &parent,
                                                   host_->new_name(), &added, 3, nullptr)});
            note({TSP(*host_, lineDial)(id(), added, u"103", 0), host_->answer(newest())});
            note({TSP(*host_, lineAddToConference)(id(), parent, added)});
            said();
            note({removes ? TSP(*host_, lineRemoveFromConference)(id(), added) : host_->drop(parent)});
            said();
            for (const char* number : {"101", "102", "103"}) tell(std::string("drop ") + number);
        }
        HDRVCALL const made = talk(lines_[0], u"102");
        struct {
            LINECALLPARAMS parameters;
            std::array<char16_t, 4> number;
        } wanted{};
        wanted.parameters.dwTotalSize = sizeof wanted;
        wanted.parameters.dwCallParamFlags = LINECALLPARAMFLAGS_NOHOLDCONFERENCE;
        wanted.parameters.dwTargetAddressSize = 8;
        wanted.parameters.dwTargetAddressOffset =
            static_cast<DWORD>(reinterpret_cast<char*>(&wanted.number) - reinterpret_cast<char*>(&wanted));
        wanted.number = {u'1', u'0', u'3', u'\0'};
        HDRVCALL parent = nullptr, added = nullptr;
        note({TSP(*host_, lineSetupConference)(id(), made, nullptr, host_->new_name(), &parent,
                                               host_->new_name(), &added, 3, &wanted.parameters)});
        said();
        for (const char* number : {"101", "102", "103"}) tell(std::string("drop ") + number);
    }

    void services() {
        HDRVCALL made = talk(lines_[0], u"102");
        constexpr std::size_t beyond = 64; // for R030, which fills more than it was given
        alignas(8) std::array<std::byte, 200 + beyond> memory{};
        auto* slot = reinterpret_cast<VARSTRING*>(memory.data());
        slot->dwTotalSize = memory.size() - beyond;
        note({TSP(*host_, linePark)(id(), made, LINEPARKMODE_NONDIRECTED, nullptr, slot)});
        tell("drop 101");
        tell("drop 102");
        said();
        tell("lift 103");
        tell("dial 103 102");
        tell("ring 102 from 5");
        DWORD completion = 0;
        made = call(lines_[0], u"102"); // both of its calls are there
        note({TSP(*host_, lineCompleteCall)(id(), made, &completion, LINECALLCOMPLMODE_CALLBACK, 0),
              completion});
        tell("drop 102");
        look_at(newest());
        tell("hangup 103");
        for (const char* number : {"101", "102", "103"}) tell(std::string("drop ") + number);
        HDRVCALL none = nullptr;
        note({TSP(*host_, lineForward)(id(), lines_[1], 1, 0, nullptr, 0, nullptr, &none, nullptr)});
        LINECALLPARAMS parameters{};
        parameters.dwTotalSize = sizeof parameters;
        parameters.dwNoAnswerTimeout = 1;
        parameters.DialParams.dwDigitDuration = 1;
        made = call(lines_[0], u"92", &parameters);
        look_at(made);
        tell("advance 1000");
        tell("drop 101");
        parameters.dwCallParamFlags = LINECALLPARAMFLAGS_PREDICTIVEDIAL;
        call(lines_[0], u"92", &parameters);
        tell("drop 101");
        parameters.dwCallParamFlags = 0;
        parameters.dwBearerMode = LINEBEARERMODE_PASSTHROUGH;
        made = call(lines_[0], u"", &parameters);
        note({host_->drop(made)});
        tell("drop 101");
        said();
    }

    // What is refused before anything is dialed; and a call that is closed when it is idle.
    void refused_numbers() {
        for (const auto* number : {u"102?", u"102W"}) {
            call(lines_[0], number);
            for (const char* busy : {"101", "102"}) tell(std::string("drop ") + busy);
        }
        HDRVCALL const made = call(lines_[0], u"");
        note({TSP(*host_, lineDial)(id(), made, u"102@", 0)});
        note({host_->drop(made), TSP(*host_, lineCloseCall)(made)});
        said();
    }

    void extension() {
        std::array<DWORD, 2> block{1, 2};
        for (const DWORD version : {0U, 0x00010000U}) {
            note({TSP(*host_, lineSelectExtVersion)(lines_[0], version)});
            note({TSP(*host_, lineDevSpecific)(id(), lines_[0], 0, nullptr, block.data(), sizeof block),
                  block[0], block[1]});
        }
        DWORD version = 0;
        note({TSP(*host_, lineNegotiateExtVersion)(base, 0x00020002, 1, 0x00050000, &version), version});
    }

    void phones() {
        HDRVPHONE const phone = open_phone(3);
        note({TSP(*host_, phoneSetStatusMessages)(phone, 0x00FFFFFF, 1, 0)});
        note({TSP(*host_, phoneSetStatusMessages)(phone, 0x00FFFFFF, 0x3F, 0xF)});
        tell("press 104 5");
        constexpr DWORD two = PHONEHOOKSWITCHDEV_SPEAKER | PHONEHOOKSWITCHDEV_HEADSET;
        for (const DWORD which : {DWORD{PHONEHOOKSWITCHDEV_HANDSET}, two}) {
            note({TSP(*host_, phoneSetHookSwitch)(id(), phone, which, PHONEHOOKSWITCHMODE_MICSPEAKER)});
            note({TSP(*host_, phoneSetHookSwitch)(id(), phone, which, PHONEHOOKSWITCHMODE_ONHOOK)});
        }
        note({TSP(*host_, phoneSetDisplay)(id(), phone, 0, 20, u"beyond the edge", 30)});
        look<PHONESTATUS>([&](auto* out) { return TSP(*host_, phoneGetStatus)(phone, out); });
        said();
    }

    void refusal() {
        host_->on_new_call(NewCalls::refuse);
        tell("ring 105 from 7");
        tell("drop 7");
        host_->on_new_call(NewCalls::take);
        said();
    }

    void everything() {
        tell("ring 107 from 8");
        for (DWORD place = 0; place < 5; ++place) lines_[place] = open(place);
        open(5, 0x00010003);
        open(6);                // where a call waits
        open(7, 0x00020002, 0); // where nobody wants any
        tell("ring 108 from 9");
        said();
        structures();
        calls();
        conferences();
        services();
        refused_numbers();
        extension();
        phones();
        refusal();
        tell("unplug 102");
        tell("break 103");
        open_phone(4);
        tell("remove 105");
    }

    void closing() {
        HDRVLINE const line = open(0);
        HDRVPHONE const phone = open_phone(0);
        HDRVCALL const connected = call(line, u"9123");
        tell("advance 100");
        note({TSP(*host_, lineHold)(id(), connected), TSP(*host_, lineCloseCall)(connected)});
        HDRVCALL const pending = call(line, u"9123");
        note({TSP(*host_, lineCloseCall)(pending)});
        call(line, u"9123");
        note({TSP(*host_, lineClose)(line)});
        note({TSP(*host_, phoneSetRing)(id(), phone, 1, 1), TSP(*host_, phoneClose)(phone)});
    }

    const std::string misbehaviour_;
    std::array<char16_t, 8> digits_{}; // are gathered as long as their call lives
    std::ostringstream seen_;
    TspHost* host_ = nullptr;
    std::array<HDRVLINE, 5> lines_{};
    bool came_about_ = false;
};

struct Case {
    std::string word;
};
void PrintTo(const Case& one, std::ostream* out) { *out << one.word; }

// R001 shows when the session has ended: to the host, in tests/host.
std::vector<Case> visible_ones() {
    std::vector<Case> cases;
    for (const auto& row : sim::fault_rows)
        if (row.word != "R001" && row.word != "R012" && row.word != "block" && row.word != "crash")
            cases.push_back({std::string(row.word)});
    return cases;
}

class SimMisbehaviour : public ::testing::TestWithParam<Case> {};

TEST_P(SimMisbehaviour, Shows) {
    const std::string good = Witness("").story();
    Witness witness(GetParam().word);
    EXPECT_FALSE(witness.story() == good) << "nothing is different";
    EXPECT_TRUE(witness.came_about());
}

INSTANTIATE_TEST_SUITE_P(Every, SimMisbehaviour, ::testing::ValuesIn(visible_ones()), [](const auto& one) {
    std::string name = one.param.word;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

TEST(SimGoodBehaviour, IsTheSameEachTime) { EXPECT_EQ(Witness("").story(), Witness("").story()); }

class SimBlocking : public SimTest {};

TEST_F(SimBlocking, R012_AFunctionHoldsUpEveryOther) {
    begin();
    command("misbehave R012");
    const auto start = std::chrono::steady_clock::now();
    DWORD addresses = 0;
    EXPECT_EQ(TSP(host(), lineGetNumAddressIDs)(line(0), &addresses), 0);
    EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(500));
}

TEST_F(SimBlocking, AFunctionReturnsWhenAnotherIsCalled) {
    begin();
    HDRVLINE const opened = line(0);
    command("misbehave block");
    DWORD addresses = 0;
    auto blocked =
        std::async(std::launch::async, [&] { return TSP(host(), lineGetNumAddressIDs)(opened, &addresses); });
    while (host().command("misbehaviours") == 0 && host().answer_text().find("to come") != std::string::npos)
        std::this_thread::yield(); // until it is blocked
    EXPECT_EQ(addresses, 0U);
    command("list");
    EXPECT_EQ(blocked.get(), 0);
}

TEST_F(SimBlocking, AFunctionEndsTheProcess) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_DEATH(
        {
            begin();
            host().command("misbehave crash");
            host().open(0);
        },
        "");
}

} // namespace
} // namespace offhook::testing
