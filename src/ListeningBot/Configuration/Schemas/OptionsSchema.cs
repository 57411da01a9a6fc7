using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace ListeningBot.Configuration.Schemas;

/// <summary>
/// The keys of an options record, read as <see cref="OptionsShape"/> reads it: what an editor tells comes from the properties' types,
/// their [Description] and limits, and the values of a fresh record.
/// </summary>
internal static class OptionsSchema
{
    public static MapKeys KeysOf(Type options, params Key[] beside)
    {
        var fresh = Activator.CreateInstance(options)!;
        return new([.. beside, .. OptionsShape.KeysOf(options).Select(property => KeyOf(property, property.GetValue(fresh)))]);
    }

    public static string? About(MemberInfo member) => member.GetCustomAttribute<DescriptionAttribute>()?.Description;

    private static Key KeyOf(PropertyInfo property, object? fresh)
    {
        var (secret, required) = (property.IsDefined(typeof(SecretAttribute)), IsRequired(property));
        var value = Limited(OptionValue.Of(property.PropertyType), property);
        if (new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable && (string?)value["type"] is { } type)
        {
            value["type"] = Shape.Words(type, "null");
        }
        if (!secret && !required && Usual(property, fresh) is { } usual)
        {
            value["default"] = usual;
        }
        return new(property.Name, About(property), value, required && !secret);
    }

    /// <summary>A secret is not asked for: it is best not in the file at all.</summary>
    private static bool IsRequired(PropertyInfo property) => property.IsDefined(typeof(RequiredMemberAttribute)) || property.IsDefined(typeof(RequiredAttribute));

    private static JsonNode? Usual(PropertyInfo property, object? fresh) =>
        property.GetCustomAttribute<DefaultValueAttribute>()?.Value is not string told ? OptionValue.Written(fresh)
        : OptionType.ItemOf(property.PropertyType) is null ? told
        : Shape.Words(told);

    private static JsonObject Limited(JsonObject value, PropertyInfo property)
    {
        var isList = value["items"] is JsonObject;
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            Shape.Add(value, Shape.Of(("minimum", OptionValue.Written(range.Minimum)), ("maximum", OptionValue.Written(range.Maximum))));
        }
        if (property.GetCustomAttribute<LengthAttribute>() is { } length)
        {
            Shape.Add(value, Shape.Of(("minItems", length.MinimumLength), ("maxItems", length.MaximumLength)));
        }
        if (property.GetCustomAttribute<MinLengthAttribute>() is { } shortest)
        {
            value[isList ? "minItems" : "minLength"] = shortest.Length;
        }
        if (property.GetCustomAttribute<MaxLengthAttribute>() is { } longest)
        {
            value[isList ? "maxItems" : "maxLength"] = longest.Length;
        }
        if (property.GetCustomAttribute<RegularExpressionAttribute>() is { } pattern)
        {
            (isList ? value["items"]! : value)["pattern"] = pattern.Pattern;
        }
        return value;
    }
}
