using System.Text.Json.Serialization;

namespace Digibee.Accounts;

/// <summary>A serializer as a program that uses the library might have one.</summary>
[JsonSerializable(typeof(BasicAccount))]
internal sealed partial class ProgramJson : JsonSerializerContext;
