namespace Digibee.Accounts;

/// <summary>What a pair of the target information says (MS-NLMP, section 2.2.2.1). Pairs of other ids are passed on as they are.</summary>
internal enum NtlmAvId : ushort
{
    EndOfList = 0,
    Flags = 6,
    Timestamp = 7,
    TargetName = 9,
    ChannelBindings = 10,
}
