package dev.berth.core.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwsPrincipalsTest {

  private static final AwsPrincipals LIST =
      AwsPrincipals.parse(
          """
          [
            {"principal": "arn:aws:sts::111122223333:assumed-role/ci/deploy-*",
             "role": "arn:aws:iam::123456789012:role/deploy"},
            {"principal": "arn:aws:sts::111122223333:assumed-role/ci/*",
             "role": "arn:aws:iam::123456789012:role/teams/a/ci"},
            {"principal": "arn:aws:iam::111122223333:user/alice",
             "role": "arn:aws:iam::123456789012:role/alice"}
          ]
          """);

  @ParameterizedTest
  @CsvSource({
    "arn:aws:sts::111122223333:assumed-role/ci/deploy-7, deploy",
    "arn:aws:sts::111122223333:assumed-role/ci/build, ci",
    "arn:aws:iam::111122223333:user/alice, alice"
  })
  void theFirstEntryThatMatchesDecides(String arn, String role) {
    assertThat(LIST.roleOf(arn).orElseThrow().name()).isEqualTo(role);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:sts::111122223334:assumed-role/ci/build",
        "arn:aws:sts::111122223333:assumed-role/ci2/build",
        "arn:aws:sts::111122223333:assumed-role/CI/build",
        "arn:aws:iam::111122223333:user/alice2",
        "arn:aws:iam::111122223333:user/path/alice",
        "arn:aws-cn:iam::111122223333:user/alice",
        "arn:aws:iam::111122223333:root",
        "nobody"
      })
  void nobodyElseHasARole(String arn) {
    assertThat(LIST.roleOf(arn)).isEmpty();
  }

  @Test
  void aRoleIsFoundByItsNameWhateverItsPath() {
    MappedRole role = LIST.roleOf("arn:aws:sts::111122223333:assumed-role/ci/build").orElseThrow();

    assertThat(role)
        .isEqualTo(
            new MappedRole("arn:aws:iam::123456789012:role/teams/a/ci", "123456789012", "ci"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | at least one",
        "{} | JSON array",
        "[{} | not JSON",
        "`` | JSON array",
        "[1] | entry 1 must be an object",
        "[{\"principal\":\"x\"}] | entry 1 must be an object",
        "[{\"principal\":1,\"role\":\"y\"}] | entry 1 must be an object",
        "[{\"principal\":\"a\",\"role\":\"b\",\"roles\":\"c\"}] | entry 1 must be an object",
        "[{\"principal\":\"a\",\"principal\":\"a\",\"role\":\"b\"}] | not JSON",
        "[] [] | not JSON"
      })
  void aListThatIsNotOneIsRefusedByItsPlace(String json, String message) {
    assertThatThrownBy(() -> AwsPrincipals.parse(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "arn:aws:sts::*:assumed-role/ci/*",
        "arn:aws:sts::11112222333?:assumed-role/ci/*",
        "arn:*:sts::111122223333:assumed-role/ci/*",
        "arn:aws:*::111122223333:assumed-role/ci/*",
        "arn:aws:ecr::111122223333:assumed-role/ci/*",
        "arn:aws:iam::111122223333:role/ci",
        "arn:aws:sts::111122223333:",
        ""
      })
  void anAccountAndAKindOfPrincipalAreNamedOutright(String principal) {
    assertThatThrownBy(() -> entry(principal, "arn:aws:iam::123456789012:role/ci"))
        .hasMessageStartingWith("entry 2: principal");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ci",
        "arn:aws:iam::123456789012:role/*",
        "arn:aws:iam::123456789012:role/c?",
        "arn:aws:iam::123456789012:role/",
        "arn:aws:iam::*:role/ci",
        "arn:aws:iam::123456789012:user/ci",
        "arn:aws:sts::123456789012:assumed-role/ci/x"
      })
  void aRoleIsNamedOutright(String role) {
    assertThatThrownBy(() -> entry("arn:aws:iam::111122223333:root", role))
        .hasMessageStartingWith("entry 2: role");
  }

  private static void entry(String principal, String role) {
    AwsPrincipals.parse(
        """
        [{"principal": "arn:aws:iam::111122223333:root",
          "role": "arn:aws:iam::123456789012:role/ci"},
         {"principal": "%s", "role": "%s"}]
        """
            .formatted(principal, role));
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:sts::111122223333:assumed-role/ci/build-7, build-7",
    "arn:aws:iam::111122223333:user/team/alice, alice",
    "arn:aws:iam::111122223333:root, root",
    "arn:aws:iam::111122223333:user/x, aws-x",
    "arn:aws:iam::111122223333:user/a b<c>, a-b-c-"
  })
  void aSessionIsNamedAfterThePrincipal(String arn, String name) {
    assertThat(SessionName.of(arn)).isEqualTo(name);
  }

  @Test
  void aSessionsNameIsCut() {
    assertThat(SessionName.of("arn:aws:iam::111122223333:user/" + "a".repeat(100)))
        .isEqualTo("a".repeat(64));
  }
}
