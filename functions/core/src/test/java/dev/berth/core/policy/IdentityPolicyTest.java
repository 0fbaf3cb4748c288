package dev.berth.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.authz.Authorizer.Attempt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users, roles, boundaries and sessions may have for a policy. */
class IdentityPolicyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'Effect':'Allow','Action':'*','Resource':'*'",
        "'Effect':'Allow','Action':['s3:Get*','ecr:??tImage'],'Resource':'arn:aws:s3:::b/${aws:username}/*'",
        "'Effect':'Deny','NotAction':'iam:*','NotResource':'arn:*:ecr:*:123456789012:repository/a:b'",
        "'Sid':'One2','Effect':'Allow','Action':'iam:GetUser','Resource':'arn:aws:iam::*:user/${aws:username}'"
      })
  void actionsAndResourcesOfAnyServiceAreTaken(String statement) {
    assertThat(Decisions.identity(statement).statements()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'Principal':'*','Action':'*','Resource':'*'                 | Policy document should not specify a principal.
          'NotPrincipal':{'AWS':'*'},'Action':'*','Resource':'*'      | Policy document should not specify a principal.
          'Action':'*'                                                | Policy statement must contain resources.
          'Action':'GetImage','Resource':'*'                          | Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.
          'Action':'*:GetImage','Resource':'*'                        | Vendor * is not valid
          'Action':'ecr:','Resource':'*'                              | Statement.Action must be an action, not 'ecr:'
          'Action':'ecr:Get:Image','Resource':'*'                     | Statement.Action must be an action, not 'ecr:Get:Image'
          'Action':'*','Resource':'app'                               | Resource app must be in ARN format or "*".
          'Action':'*','Resource':'arn:other:ecr:::x'                 | Partition "other" is not valid for resource "arn:other:ecr:::x".
          'Action':'*','Resource':'arn:aws:ecr:*'                     | The policy failed legacy parsing
          'Sid':'a b','Action':'*','Resource':'*'                     | Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*
          'Resource':'*'                                              | Statement must have one of the elements 'Action' and 'NotAction'
          """)
  void whatIamRefusesIsRefusedInItsWords(String elements, String message) {
    assertThatThrownBy(() -> Decisions.identity("'Effect':'Allow'," + elements))
        .isInstanceOf(PolicyException.class)
        .hasMessage(message);
  }

  @Test
  void sidsDoNotRepeat() {
    String statement = "{\"Sid\":\"A\",\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}";

    assertThatThrownBy(
            () ->
                PolicyReader.ofIdentity(PolicySize.MANAGED)
                    .read("{\"Statement\":[%s,%s]}".formatted(statement, statement)))
        .hasMessage("Statement IDs (SID) in a single policy must be unique.");
  }

  @ParameterizedTest
  @EnumSource(PolicySize.class)
  void aPolicyHasAtMostSoManyCharacters(PolicySize size) {
    String start = "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"";
    String end = "\",\"Resource\":\"*\"}}";
    int left = size.limit() - start.length() - end.length() - "ecr:".length();
    String longest = start + "ecr:" + "a".repeat(left) + end;
    PolicyReader reader = PolicyReader.ofIdentity(size);

    assertThatCode(() -> reader.read(longest)).doesNotThrowAnyException();
    assertThatThrownBy(() -> reader.read(start + "ecr:a" + "a".repeat(left) + end))
        .isInstanceOf(PolicyException.TooLong.class);
    boolean spacesCount = size == PolicySize.SESSION;
    assertThat(size.of(longest + " \n\t")).isEqualTo(size.limit() + (spacesCount ? 3 : 0));
  }

  /** Refused for its size before anything of it is looked at. */
  @Test
  void aPolicyOfHundredKilobytesOfWildcardsIsRefused() {
    String text =
        "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"arn:aws:ecr:::%s\"}}"
            .formatted("*aaaaaaaaa".repeat(10_000));

    assertThatThrownBy(() -> PolicyReader.ofIdentity(PolicySize.INLINE_OF_ROLE).read(text))
        .isInstanceOf(PolicyException.TooLong.class);
  }

  /** As many as fit: a matcher that goes back further than one star would not come to an end. */
  @Test
  void aPolicyFullOfWildcardsIsDecided() {
    String resources =
        IntStream.range(0, 20)
            .mapToObj(_ -> "'arn:aws:ecr:*:*:repository/%sb'".formatted("*a".repeat(100)))
            .collect(Collectors.joining(","));
    PolicyDocument policy =
        Decisions.identity("'Effect':'Allow','Action':'*','Resource':[%s]".formatted(resources));
    var hostile = new Attempt(Decisions.ANN, "ecr:PutImage", Decisions.repository("a".repeat(256)));

    assertThat(PolicyEngine.decide(hostile, ApplicablePolicies.NONE.withIdentity(policy)))
        .isEqualTo(new Verdict.ImplicitlyDenied(PolicyType.IDENTITY_BASED));
  }
}
