package dev.berth.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.authz.Principal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockOutTest {

  private static final Principal ANN =
      new Principal("123456789012", "arn:aws:iam::123456789012:user/ann", "AIDAEXAMPLE", "AKIA");

  private static boolean locksOut(String elements) {
    return PolicyReader.ofRepository()
        .read("{\"Statement\":{%s}}".formatted(elements))
        .locksOut(ANN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"ecr:*\"",
        "\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\"123456789012\"},\"Action\":\"ECR:set*\"",
        "\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:user/ann\"},\"Action\":\"*\"",
        "\"Effect\":\"Deny\",\"Principal\":\"*\",\"NotAction\":\"ecr:BatchGetImage\"",
        "\"Effect\":\"Deny\",\"NotPrincipal\":{\"AWS\":\"111122223333\"},\"Action\":\"ecr:SetRepositoryPolicy\"",
        "\"Effect\":\"Deny\",\"NotPrincipal\":{\"AWS\":\"123456789012\"},\"Action\":\"ecr:*\""
      })
  void aDenyOfTheCallersNextPolicyLocksOut(String elements) {
    assertThat(locksOut(elements)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"ecr:*\"",
        "\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"ecr:SetRepositoryPolic\"",
        "\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\"111122223333\"},\"Action\":\"ecr:*\"",
        "\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:user/bob\"},\"Action\":\"ecr:*\"",
        "\"Effect\":\"Deny\",\"Principal\":{\"Service\":\"ecs.amazonaws.com\"},\"Action\":\"ecr:*\"",
        "\"Effect\":\"Deny\",\"NotPrincipal\":{\"AWS\":\"arn:aws:iam::123456789012:user/ann\"},\"Action\":\"ecr:*\"",
        "\"Effect\":\"Deny\",\"Principal\":\"*\",\"NotAction\":\"ecr:Set*\"",
        "\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"ecr:*\",\"Condition\":{\"Null\":{\"aws:MultiFactorAuthAge\":true}}"
      })
  void nothingElseDoes(String elements) {
    assertThat(locksOut(elements)).isFalse();
  }
}
