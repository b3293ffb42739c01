using System.Collections.Frozen;

namespace Digibee.Accounts;

/// <summary>The names that services sign under, where their hosts have another.</summary>
/// <remarks>Taken from the service models of botocore 1.43.11 (<c>endpointPrefix</c> and <c>signingName</c>); all other services sign under the last label before the region.</remarks>
internal static class AwsV4SigningNames
{
    private static readonly FrozenDictionary<string, string> ByHost = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["agreement-marketplace"] = "aws-marketplace",
        ["api.tunneling.iot"] = "IoTSecuredTunneling",
        ["appconfigdata"] = "appconfig",
        ["appstream2"] = "appstream",
        ["appsync-api"] = "appsync",
        ["aps-workspaces"] = "aps",
        ["bedrock-agent"] = "bedrock",
        ["bedrock-agent-runtime"] = "bedrock",
        ["bedrock-agentcore-control"] = "bedrock-agentcore",
        ["bedrock-data-automation"] = "bedrock",
        ["bedrock-data-automation-runtime"] = "bedrock",
        ["bedrock-runtime"] = "bedrock",
        ["cassandra-streams"] = "cassandra",
        ["catalog.marketplace"] = "aws-marketplace",
        ["cloudhsmv2"] = "cloudhsm",
        ["cloudsearchdomain"] = "cloudsearch",
        ["contact-lens"] = "connect",
        ["data-ats.iot"] = "iotdata",
        ["data-signer"] = "signer",
        ["data.iot"] = "iotdata",
        ["data.iotevents"] = "ioteventsdata",
        ["data.jobs.iot"] = "iot-jobs-data",
        ["ddb"] = "dynamodb",
        ["deployment-marketplace"] = "aws-marketplace",
        ["discovery-marketplace"] = "aws-marketplace",
        ["email"] = "ses",
        ["entitlement.marketplace"] = "aws-marketplace",
        ["forecastquery"] = "forecast",
        ["identity-chime"] = "chime",
        ["ivsrealtime"] = "ivs",
        ["lambda-url"] = "lambda",
        ["mail-manager"] = "ses",
        ["media-pipelines-chime"] = "chime",
        ["meetings-chime"] = "chime",
        ["memory-db"] = "memorydb",
        ["messaging-chime"] = "chime",
        ["metering.marketplace"] = "aws-marketplace",
        ["migrationhub-config"] = "mgh",
        ["models-v2-lex"] = "lex",
        ["oidc"] = "sso-oauth",
        ["participant.connect"] = "execute-api",
        ["personalize-events"] = "personalize",
        ["personalize-runtime"] = "personalize",
        ["pinpoint"] = "mobiletargeting",
        ["portal.sso"] = "awsssoportal",
        ["reporting-marketplace"] = "aws-marketplace",
        ["runtime-v2-lex"] = "lex",
        ["s3-accesspoint"] = "s3",
        ["s3-control"] = "s3",
        ["s3express-control"] = "s3express",
        ["servicecatalog-appregistry"] = "servicecatalog",
        ["sms-voice.pinpoint"] = "sms-voice",
        ["transcribestreaming"] = "transcribe",
        ["voice-chime"] = "chime",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> BySpan = ByHost.GetAlternateLookup<ReadOnlySpan<char>>();

    // Hosts without a region.
    private static readonly FrozenSet<string> Global = FrozenSet.ToFrozenSet(
        ["budgets", "cloudfront", "health", "iam", "importexport", "organizations", "route53", "s3", "savingsplans", "sts", "waf"],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> GlobalBySpan = Global.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Finds a name by the labels before the region; empty when there are none.</summary>
    public static ReadOnlySpan<char> Find(ReadOnlySpan<char> labels)
    {
        labels = Cut(Cut(labels, ".dualstack"), "-fips");

        // From the longest name to the last label: "data.iot" signs otherwise than "iot", and a bucket is no part of the service's name.
        var last = labels;
        while (true)
        {
            if (BySpan.TryGetValue(last, out var name))
            {
                return name;
            }

            var dot = last.IndexOf('.');
            if (dot < 0)
            {
                break;
            }

            last = last[(dot + 1)..];
        }

        if (last.StartsWith("s3express-", StringComparison.Ordinal))
        {
            return "s3express";
        }

        return labels.EndsWith("-ats.iot", StringComparison.Ordinal) ? "iotdata" : last;
    }

    /// <summary>Finds a name by the label behind the region; empty when it is not one of the few that stand there.</summary>
    public static ReadOnlySpan<char> FindBehindRegion(ReadOnlySpan<char> label) => label switch
    {
        "es" or "aoss" => label,
        "neptune" => "neptune-db",
        "queue" => "sqs",
        _ => default,
    };

    /// <summary>Tells whether a service has a host without a region.</summary>
    public static bool IsGlobal(ReadOnlySpan<char> service) => GlobalBySpan.Contains(service);

    private static ReadOnlySpan<char> Cut(ReadOnlySpan<char> labels, ReadOnlySpan<char> ending) =>
        labels.EndsWith(ending, StringComparison.Ordinal) ? labels[..^ending.Length] : labels;
}
