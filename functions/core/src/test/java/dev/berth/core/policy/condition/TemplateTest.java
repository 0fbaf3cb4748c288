package dev.berth.core.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

  private final RequestContext context =
      RequestContext.builder()
          .with("aws:username", "mary")
          .with("aws:PrincipalTag/team", "a*b")
          .build();

  @ParameterizedTest(name = "{0} matches {1}: {2}")
  @CsvSource(
      delimiter = ';',
      value = {
        "app/${aws:username}; app/mary; true",
        "app/${AWS:UserName}-*; app/mary-1; true",
        "app/${aws:username}; app/john; false",
        "${aws:PrincipalTag/team}; a*b; true",
        "${aws:PrincipalTag/team}; aXb; false",
        "${aws:PrincipalTag/shop, 'none'}/*; none/x; true",
        "${aws:PrincipalTag/team, 'none'}/*; a*b/x; true",
        "${aws:PrincipalTag/shop}; ; false",
        "a${*}b; a*b; true",
        "a${*}b; axb; false",
        "a${?}; a?; true",
        "a${?}; ab; false",
        "a${$}{b}; a${b}; true",
        "a${; a${; true",
        "a${}; a${}; true",
      })
  void variablesStandForWhatTheRequestSays(String pattern, String text, boolean matches) {
    assertThat(Template.parse(pattern).matches(text == null ? "" : text, context))
        .isEqualTo(matches);
  }

  @Test
  void thePoliciesOf2008KnowNoVariables() {
    Template plain = Template.withoutVariables("app/${aws:username}*");

    assertThat(plain.matches("app/mary", context)).isFalse();
    assertThat(plain.matches("app/${aws:username}/x", context)).isTrue();
    assertThat(plain.part("${aws:username}").matches("mary", context)).isFalse();
  }
}
