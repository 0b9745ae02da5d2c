// SPDX-License-Identifier: GPL-2.0-only
// Unlike the rest of Thicket, since it is linked with ns-3, which is under that licence, and changes a method of it.
//
// A mesh of Thicket's benchmark in ns-3.37, as it is but for its parameters and, with --cull, one method: simulator/bench/against-ns3 builds and runs it.
// Reads places from a CSV of `thicket sim export --positions` (name,x,y,role); each node but gateways sends 64 bytes to the
// gateway nearest to it, once an interval. AODV by RFC 3561's constants, without hellos. Prints one line of JSON.
#include "ns3/aodv-module.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/mobility-module.h"
#include "ns3/neighbor-cache-helper.h"
#include "ns3/network-module.h"
#include "ns3/propagation-module.h"
#include "ns3/wifi-module.h"

#include <ctime>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

using namespace ns3;

namespace {
uint32_t sent = 0;
std::set<std::pair<uint32_t, uint32_t>> arrived; // origin, number
uint64_t frames = 0;
uint64_t hops = 0; // of what arrived

struct Payload
{
    uint32_t origin;
    uint32_t number;
};

void Send(Ptr<Socket> socket, uint32_t origin, uint32_t number, Time interval, Time end)
{
    if (Simulator::Now() >= end)
    {
        return;
    }
    uint8_t bytes[64] = {};
    Payload payload{origin, number};
    memcpy(bytes, &payload, sizeof payload);
    socket->Send(Create<Packet>(bytes, sizeof bytes));
    sent++;
    Simulator::Schedule(interval, &Send, socket, origin, number + 1, interval, end);
}

void Receive(Ptr<Socket> socket)
{
    while (Ptr<Packet> packet = socket->Recv())
    {
        Payload payload;
        packet->CopyData(reinterpret_cast<uint8_t*>(&payload), sizeof payload);
        if (arrived.insert({payload.origin, payload.number}).second)
        {
            SocketIpTtlTag left;
            packet->PeekPacketTag(left);
            hops += 64 - left.GetTtl() + 1;
        }
    }
}

// What is handed to the MAC, as Thicket counts: neither its acknowledgements nor its repetitions.
void Transmitted(Ptr<const Packet> frame, double)
{
    WifiMacHeader header;
    frame->PeekHeader(header);
    if (!header.IsAck() && !header.IsRetry())
    {
        frames++;
    }
}

bool culled = false;

double CpuSeconds()
{
    timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec + now.tv_nsec * 1e-9;
}
} // namespace

namespace ns3
{
// Takes the place of the library's own Send, which makes an event of each frame at every station of the network; those that are too
// weak do nothing there. With --cull only who senses the frame gets one, and who that is is looked up once, since nobody moves.
void YansWifiChannel::Send(Ptr<YansWifiPhy> sender, Ptr<const WifiPpdu> ppdu, double txPowerDbm) const
{
    struct Hearer
    {
        Ptr<YansWifiPhy> phy;
        Time delay;
        double powerDbm;
    };
    static std::map<YansWifiPhy*, std::vector<Hearer>> hearers;
    auto known = culled ? hearers.find(PeekPointer(sender)) : hearers.end();
    std::vector<Hearer> all;
    if (known == hearers.end())
    {
        for (const Ptr<YansWifiPhy>& phy : m_phyList)
        {
            if (phy == sender || phy->GetChannelNumber() != sender->GetChannelNumber())
            {
                continue;
            }
            double powerDbm = m_loss->CalcRxPower(txPowerDbm, sender->GetMobility(), phy->GetMobility());
            if (!culled || powerDbm + phy->GetRxGain() >= phy->GetRxSensitivity())
            {
                all.push_back({phy, m_delay->GetDelay(sender->GetMobility(), phy->GetMobility()), powerDbm});
            }
        }
        if (culled)
        {
            known = hearers.emplace(PeekPointer(sender), all).first;
        }
    }
    for (const Hearer& hearer : culled ? known->second : all)
    {
        Simulator::ScheduleWithContext(hearer.phy->GetDevice()->GetNode()->GetId(), hearer.delay, &YansWifiChannel::Receive, hearer.phy, ppdu->Copy(), hearer.powerDbm);
    }
}
} // namespace ns3

int main(int argc, char* argv[])
{
    std::string positions;
    std::string phy = "ofdm";
    std::string radio = "two_ray";
    double until = 300;
    double interval = 60;
    double drain = 30;
    double activeRoute = 3;
    uint32_t diameter = 45;
    uint32_t seed = 1;
    bool gratuitous = true;
    bool destinationOnly = false;
    bool arp = true;
    CommandLine command;
    command.AddValue("positions", "CSV: name,x,y,role", positions);
    command.AddValue("phy", "ofdm (802.11g, 6 Mb/s) or dsss (802.11b, 2 Mb/s)", phy);
    command.AddValue("radio", "two_ray (decoded to 250 m, sensed to 550 m) or range (250 m)", radio);
    command.AddValue("until", "seconds to simulate", until);
    command.AddValue("interval", "seconds between two readings of a node", interval);
    command.AddValue("drain", "the last seconds, in which nothing is sent", drain);
    command.AddValue("activeRoute", "AODV's ActiveRouteTimeout, seconds", activeRoute);
    command.AddValue("diameter", "AODV's NetDiameter, hops", diameter);
    command.AddValue("seed", "of everything random", seed);
    command.AddValue("gratuitous", "AODV's gratuitous RREPs", gratuitous);
    command.AddValue("destinationOnly", "only the destination answers AODV's RREQs", destinationOnly);
    command.AddValue("arp", "addresses are looked up by ARP, instead of being known", arp);
    command.AddValue("cull", "no event at stations that a frame is too weak for", culled);
    command.Parse(argc, argv);
    RngSeedManager::SetRun(seed);

    std::ifstream file(positions);
    Ptr<ListPositionAllocator> places = CreateObject<ListPositionAllocator>();
    std::vector<Vector> at;
    std::vector<uint32_t> gateways;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line))
    {
        std::istringstream fields(line);
        std::string name, x, y, role;
        std::getline(fields, name, ',');
        std::getline(fields, x, ',');
        std::getline(fields, y, ',');
        std::getline(fields, role, ',');
        if (role == "gateway")
        {
            gateways.push_back(at.size());
        }
        at.emplace_back(std::stod(x), std::stod(y), 1.5);
        places->Add(at.back());
    }
    if (gateways.empty())
    {
        std::cerr << "mesh: " << positions << " has no gateway\n";
        return 2;
    }

    NodeContainer nodes(at.size());
    MobilityHelper mobility;
    mobility.SetPositionAllocator(places);
    mobility.SetMobilityModel("ns3::ConstantPositionMobilityModel");
    mobility.Install(nodes);

    YansWifiChannelHelper channel;
    channel.SetPropagationDelay("ns3::ConstantSpeedPropagationDelayModel");
    if (radio == "range")
    {
        channel.AddPropagationLoss("ns3::RangePropagationLossModel", "MaxRange", DoubleValue(250));
    }
    else
    {
        channel.AddPropagationLoss("ns3::TwoRayGroundPropagationLossModel", "Frequency", DoubleValue(914e6), "HeightAboveZ", DoubleValue(0));
    }
    YansWifiPhyHelper radioHelper;
    radioHelper.SetChannel(channel.Create());
    radioHelper.SetErrorRateModel("ns3::NistErrorRateModel");
    radioHelper.Set("TxPowerStart", DoubleValue(24.5));
    radioHelper.Set("TxPowerEnd", DoubleValue(24.5));
    if (radio != "range")
    {
        // 250 m and 550 m by the two-ray model above: what is weaker than the second is no event of the station's.
        radioHelper.Set("RxSensitivity", DoubleValue(-78.1));
        radioHelper.Set("CcaEdThreshold", DoubleValue(-78.1));
        radioHelper.SetPreambleDetectionModel("ns3::ThresholdPreambleDetectionModel", "MinimumRssi", DoubleValue(-64.4), "Threshold", DoubleValue(4));
    }
    WifiHelper wifi;
    wifi.SetStandard(phy == "dsss" ? WIFI_STANDARD_80211b : WIFI_STANDARD_80211g);
    std::string mode = phy == "dsss" ? "DsssRate2Mbps" : "ErpOfdmRate6Mbps";
    wifi.SetRemoteStationManager("ns3::ConstantRateWifiManager", "DataMode", StringValue(mode), "ControlMode", StringValue(mode), "NonUnicastMode", StringValue(mode));
    WifiMacHelper mac;
    mac.SetType("ns3::AdhocWifiMac");
    NetDeviceContainer devices = wifi.Install(radioHelper, mac, nodes);

    AodvHelper aodv;
    aodv.Set("EnableHello", BooleanValue(false));
    aodv.Set("ActiveRouteTimeout", TimeValue(Seconds(activeRoute)));
    aodv.Set("GratuitousReply", BooleanValue(gratuitous));
    aodv.Set("DestinationOnly", BooleanValue(destinationOnly));
    aodv.Set("NetDiameter", UintegerValue(diameter));
    InternetStackHelper internet;
    internet.SetRoutingHelper(aodv);
    internet.Install(nodes);
    Ipv4AddressHelper addresses;
    addresses.SetBase("10.0.0.0", "255.0.0.0");
    Ipv4InterfaceContainer interfaces = addresses.Assign(devices);

    if (!arp)
    {
        NeighborCacheHelper known;
        known.PopulateNeighborCache();
    }
    for (uint32_t i = 0; i < at.size(); i++)
    {
        DynamicCast<WifiNetDevice>(devices.Get(i))->GetPhy()->TraceConnectWithoutContext("PhyTxBegin", MakeCallback(&Transmitted));
    }
    TypeId udp = TypeId::LookupByName("ns3::UdpSocketFactory");
    for (uint32_t gateway : gateways)
    {
        Ptr<Socket> socket = Socket::CreateSocket(nodes.Get(gateway), udp);
        socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), 5683));
        socket->SetIpRecvTtl(true);
        socket->SetRecvCallback(MakeCallback(&Receive));
    }
    Ptr<UniformRandomVariable> phase = CreateObject<UniformRandomVariable>();
    for (uint32_t i = 0; i < at.size(); i++)
    {
        if (std::find(gateways.begin(), gateways.end(), i) != gateways.end())
        {
            continue;
        }
        uint32_t nearest = gateways[0];
        for (uint32_t gateway : gateways)
        {
            if (CalculateDistance(at[i], at[gateway]) < CalculateDistance(at[i], at[nearest]))
            {
                nearest = gateway;
            }
        }
        Ptr<Socket> socket = Socket::CreateSocket(nodes.Get(i), udp);
        socket->Connect(InetSocketAddress(interfaces.GetAddress(nearest), 5683));
        Simulator::ScheduleWithContext(i, Seconds(phase->GetValue(0, interval)), &Send, socket, i, 0u, Seconds(interval), Seconds(until - drain));
    }

    Simulator::Stop(Seconds(until));
    double began = CpuSeconds();
    Simulator::Run();
    double cpu = CpuSeconds() - began;
    std::cout << "{\"nodes\":" << at.size() << ",\"simulatedSeconds\":" << until << ",\"cpuSeconds\":" << cpu << ",\"offered\":" << sent
              << ",\"delivered\":" << arrived.size() << ",\"pdr\":" << (sent ? double(arrived.size()) / sent : 0) << ",\"hops\":" << (arrived.empty() ? 0 : double(hops) / arrived.size())
              << ",\"frames\":" << frames
              << ",\"events\":" << Simulator::GetEventCount() << "}\n";
    Simulator::Destroy();
    return 0;
}
