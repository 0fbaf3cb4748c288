package dev.berth.core.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

  private static final String KEY = "aws:Key";

  @ParameterizedTest(name = "{0} of {1} with {2} is {3}")
  @CsvSource({
    "StringEquals, a, a, true",
    "StringEquals, A, a, false",
    "StringEquals, abc, a*, false",
    "StringEquals, a, b|a, true",
    "StringNotEquals, a, a, false",
    "StringNotEquals, a, b|c, true",
    "StringNotEquals, a, b|a, false",
    "StringEqualsIgnoreCase, A, a, true",
    "StringNotEqualsIgnoreCase, A, a, false",
    "StringLike, abc, a*, true",
    "StringLike, abc, a?c, true",
    "StringLike, abc, A*, false",
    "StringNotLike, abc, a*, false",
    "StringNotLike, abc, b*|c*, true",
    "NumericEquals, 10, 10.0, true",
    "NumericEquals, ten, 10, false",
    "NumericNotEquals, 10, 11, true",
    "NumericLessThan, 9, 10, true",
    "NumericLessThan, 10, 10, false",
    "NumericLessThanEquals, 10, 10, true",
    "NumericGreaterThan, 100, 99.5, true",
    "NumericGreaterThanEquals, -1, 0, false",
    "NumericEquals, 1e999999999, 1, false",
    "DateEquals, 2026-01-01T00:00:00Z, 2026-01-01T01:00:00+01:00, true",
    "DateEquals, 2026-01-01T00:00:00Z, 2026-01-01, true",
    "DateEquals, 1767225600, 2026-01-01T00:00:00Z, true",
    "DateLessThan, 2025-12-31T23:59:59Z, 2026-01-01T00:00:00Z, true",
    "DateGreaterThan, 2025-12-31T23:59:59Z, 2026-01-01T00:00:00Z, false",
    "DateLessThanEquals, 2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z, true",
    "DateGreaterThanEquals, yesterday, 2026-01-01T00:00:00Z, false",
    "DateNotEquals, 2026-01-02T00:00:00Z, 2026-01-01T00:00:00Z, true",
    "Bool, true, TRUE, true",
    "Bool, true, false, false",
    "Bool, yes, yes, false",
    "BinaryEquals, QmluYXJ5, QmluYXJ5, true",
    "BinaryEquals, not base 64, not base 64, false",
    "IpAddress, 203.0.113.7, 203.0.113.0/24, true",
    "IpAddress, 203.0.114.7, 203.0.113.0/24, false",
    "IpAddress, 203.0.113.7, 203.0.113.7, true",
    "IpAddress, 2001:db8::1, 2001:DB8:1234:5678::/32, true",
    "IpAddress, 203.0.113.7, 2001:db8::/32, false",
    "IpAddress, localhost, 0.0.0.0/0, false",
    "NotIpAddress, 203.0.113.7, 203.0.113.0/24, false",
    "NotIpAddress, 198.51.100.1, 203.0.113.0/24, true",
    "ArnEquals, arn:aws:iam::1:role/a, arn:aws:iam::1:role/*, true",
    "ArnLike, arn:aws:iam::1:role/a, arn:aws:*:*:*:role/?, true",
    "ArnLike, arn:aws:iam::1:role/a, arn:aws:*, false",
    "ArnLike, arn:aws:sns:us-east-1:1:topic:sub, arn:aws:sns:us-east-1:1:topic*, true",
    "ArnLike, role/a, *, false",
    "ArnNotLike, arn:aws:iam::1:role/a, arn:aws:iam::2:*, true",
    "ArnNotEquals, arn:aws:iam::1:role/a, arn:aws:iam::1:role/a, false",
  })
  void aKeyWithOneValue(String operator, String actual, String wanted, boolean holds) {
    var context = RequestContext.builder().with(KEY, actual).build();

    assertThat(condition(operator, KEY, wanted).holds(context)).isEqualTo(holds);
  }

  @ParameterizedTest(name = "{0} of [{1}] with [{2}] is {3}")
  @CsvSource({
    "ForAnyValue:StringEquals, a|b, b|c, true",
    "ForAnyValue:StringEquals, a|b, c, false",
    "ForAnyValue:StringNotEquals, a|b, a, true",
    "ForAnyValue:StringNotEquals, a|b, a|b, false",
    "ForAllValues:StringEquals, a|b, a|b|c, true",
    "ForAllValues:StringEquals, a|b|d, a|b|c, false",
    "ForAllValues:StringNotLike, a|b, c*, true",
    "ForAllValues:StringNotLike, a|cd, c*, false",
  })
  void aKeyWithSeveralValues(String operator, String actual, String wanted, boolean holds) {
    var context = RequestContext.builder().with(KEY, List.of(actual.split("\\|"))).build();

    assertThat(condition(operator, KEY, wanted).holds(context)).isEqualTo(holds);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "StringEquals, false",
    "StringEqualsIfExists, true",
    "StringNotEquals, true",
    "NotIpAddress, true",
    "IpAddress, false",
    "IpAddressIfExists, true",
    "NumericNotEquals, true",
    "Bool, false",
    "ForAnyValue:StringEquals, false",
    "ForAnyValue:StringNotEquals, false",
    "ForAnyValue:StringEqualsIfExists, true",
    "ForAllValues:StringEquals, true",
  })
  void aKeyThatTheRequestDoesNotHave(String operator, boolean holds) {
    var nothing = RequestContext.builder().with(KEY, List.of()).build();

    assertThat(condition(operator, KEY, "a").holds(nothing)).isEqualTo(holds);
  }

  @Test
  void nullAsksWhetherAKeyIsAbsent() {
    var with = RequestContext.builder().with(KEY, "a").build();
    var without = RequestContext.builder().build();

    assertThat(condition("Null", KEY, "true").holds(without)).isTrue();
    assertThat(condition("Null", KEY, "true").holds(with)).isFalse();
    assertThat(condition("Null", KEY, "false").holds(with)).isTrue();
    assertThat(condition("Null", KEY, "false").holds(without)).isFalse();
  }

  @Test
  void theCaseOfAKeyDoesNotMatter() {
    var context = RequestContext.builder().with("aws:SourceIp", "203.0.113.7").build();

    assertThat(condition("IpAddress", "AWS:sourceip", "203.0.113.0/24").holds(context)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "StringContains",
        "stringequals",
        "",
        "IfExists",
        "NullIfExists",
        "ForSomeValues:Bool",
        "ForAnyValue:",
        "ForAnyValue:Null",
        "StringEqualsIfExistsIfExists",
        "ArnEqualsIgnoreCase"
      })
  void otherOperatorsAreNone(String name) {
    assertThat(Condition.of(name, KEY, List.of(Template.parse("a")))).isEmpty();
  }

  @Test
  void variablesInValuesAreThoseOfTheRequest() {
    var context =
        RequestContext.builder().with("aws:username", "mary*").with(KEY, "home/mary*/x").build();

    assertThat(condition("StringLike", KEY, "home/${aws:username}/?").holds(context)).isTrue();
    assertThat(condition("StringEquals", KEY, "home/${aws:username}/x").holds(context)).isTrue();
    assertThat(condition("StringLike", KEY, "home/${aws:userid}/*").holds(context)).isFalse();
  }

  private static Condition condition(String operator, String key, String values) {
    return Condition.of(
            operator, key, Arrays.stream(values.split("\\|")).map(Template::parse).toList())
        .orElseThrow();
  }
}
