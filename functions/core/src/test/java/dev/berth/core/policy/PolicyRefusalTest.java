package dev.berth.core.policy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said against texts that are no policies. */
class PolicyRefusalTest {

  private static final String SOUND =
      "\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"ecr:PutImage\"";

  private static void assertRefused(String text, String reason) {
    assertThatThrownBy(() -> PolicyReader.ofRepository().read(text))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "policy",
        "{}{}",
        "{\"Statement\":[],\"Statement\":[]}",
        "{\"Id\":[[[[[[[[[1]]]]]]]]]}",
        "{'Id':1}"
      })
  void aPolicyThatIsNotJsonIsRefused(String text) {
    assertThatThrownBy(() -> PolicyReader.ofRepository().read(text))
        .isInstanceOf(PolicyException.class);
  }

  @ParameterizedTest
  @CsvSource({"Service,a,.a", "AWS,arn:aws,-a"})
  void aPrincipalWithoutEndIsRefused(String kind, String beginning, String rest) {
    String principal = "{\"%s\":\"%s\"}".formatted(kind, beginning + rest.repeat(4_900));

    assertRefused(
        "{\"Statement\":{%s}}".formatted(SOUND.replace("\"*\"", principal)),
        "Statement.Principal." + kind);
  }

  @Test
  void aResourceWithoutEndIsRefused() {
    String text =
        "{\"Statement\":{%s,\"Resource\":\"arn:aws%s\"}}".formatted(SOUND, "-a".repeat(4_900));

    assertThatThrownBy(() -> PolicyReader.ofRegistry("111122223333", "us-east-1").read(text))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("Resource");
  }

  @Test
  void whatIsQuotedInAMessageIsUnicode() {
    String smileys = "\uD83D\uDE00".repeat(300);
    assertThatThrownBy(() -> PolicyReader.ofRepository().read("{\"x%s\":1}".formatted(smileys)))
        .isInstanceOf(PolicyException.class)
        .message()
        .matches(message -> StandardCharsets.UTF_8.newEncoder().canEncode(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []                                            | the policy must be an object
          {}                                            | must have the element 'Statement'
          {"Statement":[]}                              | Statement must not be empty
          {"Statement":[1]}                             | Statement[0] must be an object
          {"Statement":null}                            | Statement must be an object
          {"Statements":[]}                             | has no element 'Statements'
          {"Version":"2020-01-01","Statement":[]}       | Version must be 2012-10-17 or 2008-10-17
          {"Version":2012,"Statement":[]}               | Version must be a string
          {"Id":1,"Statement":[]}                       | Id must be a string
          """)
  void aPolicyHasTheElementsOfOne(String text, String reason) {
    assertRefused(text, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "Principal":"*","Action":"ecr:*"                                  | must have the element 'Effect'
          "Effect":"allow","Principal":"*","Action":"ecr:*"                 | Effect must be Allow or Deny, not 'allow'
          "Effect":"Allow","Action":"ecr:*"                                 | 'Principal' and 'NotPrincipal'
          "Effect":"Deny","Principal":"*","NotPrincipal":"*","Action":"*"   | 'Principal' and 'NotPrincipal'
          "Effect":"Allow","NotPrincipal":{"AWS":"*"},"Action":"*"          | NotPrincipal with the effect Allow
          "Effect":"Allow","Principal":"*"                                  | 'Action' and 'NotAction'
          "Effect":"Allow","Principal":"*","Action":[]                      | Action must not be empty
          "Effect":"Allow","Principal":"*","Action":"s3:GetObject"          | an action of ecr, not 's3:GetObject'
          "Effect":"Allow","Principal":"*","Action":["ecr:PutImage",1]      | Action[1] must be a string
          "Sid":{},"Effect":"Allow","Principal":"*","Action":"ecr:*"        | Sid must be a string
          "Effect":"Allow","Principal":"*","Action":"*","Resources":"*"     | has no element 'Resources'
          """)
  void aStatementSaysWhoMayOrMayNotDoWhat(String elements, String reason) {
    assertRefused("{\"Statement\":{%s}}".formatted(elements), reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"ann\"",
        "[]",
        "{}",
        "{\"AWS\":[]}",
        "{\"AWS\":\"ann\"}",
        "{\"AWS\":\"11112222333\"}",
        "{\"AWS\":\"111122223333:root\"}",
        "{\"AWS\":\"arn:aws:iam::111122223333\"}",
        "{\"AWS\":\"arn:aws:iam::111122223333:*\"}",
        "{\"AWS\":\"arn:aws:iam::111122223333:user/*\"}",
        "{\"AWS\":\"arn:aws:iam::111122223333:group/team\"}",
        "{\"Service\":\"*\"}",
        "{\"Service\":\"codebuild\"}",
        "{\"Federated\":\"a b\"}",
        "{\"CanonicalUser\":\"79a5\"}"
      })
  void aPrincipalIsSomeone(String principal) {
    assertRefused(
        "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":%s,\"Action\":\"*\"}}"
            .formatted(principal),
        "Principal");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"Equals\":{\"aws:a\":\"x\"}}",
        "{\"NullIfExists\":{\"aws:a\":\"true\"}}",
        "{\"ForSomeValue:StringLike\":{\"aws:a\":\"x\"}}",
        "{\"StringLike\":\"x\"}",
        "{\"StringLike\":{\"\":\"x\"}}",
        "{\"StringLike\":{\"SourceIp\":\"x\"}}",
        "{\"StringLike\":{\"aws:a\":[]}}",
        "{\"StringLike\":{\"aws:a\":null}}",
        "{\"StringLike\":{\"aws:a\":{\"b\":\"c\"}}}"
      })
  void aConditionComparesAKeyWithValues(String condition) {
    assertRefused("{\"Statement\":{%s,\"Condition\":%s}}".formatted(SOUND, condition), "Condition");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Resource", "NotResource"})
  void aRepositoryPolicyNamesNoResource(String element) {
    assertRefused(
        "{\"Statement\":{%s,\"%s\":\"*\"}}".formatted(SOUND, element),
        "Statement cannot have the element 'Resource' in a repository policy");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"Resource\":\"*\"",
        ",\"Resource\":[]",
        ",\"Resource\":\"arn:aws:ecr:us-east-1:123456789012:repository/*\"",
        ",\"Resource\":\"arn:aws:ecr:us-west-2:111122223333:repository/*\"",
        ",\"Resource\":\"arn:aws:ecr:us-west-2:123456789012:*\"",
        ",\"Resource\":\"arn:aws:s3:::bucket\""
      })
  void aRegistryPolicyNamesRepositoriesOfItsOwnRegistry(String resource) {
    var reader = PolicyReader.ofRegistry("123456789012", "us-west-2");

    assertThatThrownBy(() -> reader.read("{\"Statement\":{%s%s}}".formatted(SOUND, resource)))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("Resource");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud800", "\\udc00x"})
  void aTextThatUtf8CannotHoldIsRefused(String escaped) {
    assertRefused("{\"Statement\":{%s,\"Sid\":\"%s\"}}".formatted(SOUND, escaped), "surrogate");
  }

  @Property(tries = 300)
  void anyOtherTextIsReadOrRefused(@ForAll @StringLength(max = 200) String text) {
    Assertions.assertThatCode(
            () -> {
              try {
                PolicyReader.ofRepository().read("{\"Statement\":{" + text);
              } catch (PolicyException expected) {
                Assertions.assertThat(expected.getMessage()).isNotEmpty();
              }
            })
        .doesNotThrowAnyException();
  }
}
