package dev.berth.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.authz.Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may assume a role: "How to use trust policies with IAM roles". */
class AssumptionTest {

  private static final String ROLE = "arn:aws:iam::123456789012:role/deploy";
  private static final Principal ANN = user("123456789012");
  private static final Principal STRANGER = user("210987654321");

  private static final ApplicablePolicies NONE = ApplicablePolicies.NONE;
  private static final ApplicablePolicies MAY_ASSUME = NONE.withIdentity(identity("Allow"));
  private static final ApplicablePolicies MUST_NOT = NONE.withIdentity(identity("Deny"));

  @Test
  void whomTheTrustPolicyNamesNeedsNoOtherInItsAccount() {
    assertThat(decide(ANN, trust(ANN.arn()), NONE)).isEqualTo(new Verdict.Allowed());
  }

  @Test
  void anAccountLeavesItToItsOwnPolicies() {
    assertThat(decide(ANN, trust("123456789012"), MAY_ASSUME)).isEqualTo(new Verdict.Allowed());
    assertThat(decide(ANN, trust("123456789012"), NONE))
        .isEqualTo(new Verdict.ImplicitlyDenied(PolicyType.IDENTITY_BASED));
  }

  @Test
  void nobodyAssumesARoleThatDoesNotTrustThem() {
    assertThat(decide(ANN, trust("210987654321"), MAY_ASSUME))
        .isEqualTo(new Verdict.ImplicitlyDenied(PolicyType.RESOURCE_BASED));
  }

  @Test
  void anotherAccountNeedsBoth() {
    assertThat(decide(STRANGER, trust(STRANGER.arn()), MAY_ASSUME))
        .isEqualTo(new Verdict.Allowed());
    assertThat(decide(STRANGER, trust(STRANGER.arn()), NONE))
        .isEqualTo(new Verdict.ImplicitlyDenied(PolicyType.IDENTITY_BASED));
    assertThat(decide(STRANGER, trust("123456789012"), MAY_ASSUME))
        .isEqualTo(new Verdict.ImplicitlyDenied(PolicyType.RESOURCE_BASED));
  }

  @Test
  void aDenyIsADeny() {
    assertThat(decide(ANN, trust(ANN.arn()), MUST_NOT))
        .isEqualTo(new Verdict.ExplicitlyDenied(PolicyType.IDENTITY_BASED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole","Resource":"*" | Has prohibited field Resource
          "Action":"sts:AssumeRole"                                                   | Missing required field Principal
          "Principal":{"AWS":"123456789012"},"Action":"ecr:PutImage"                  | AssumeRole policy may only specify STS AssumeRole actions, not 'ecr:PutImage'.
          "Principal":{"AWS":"123456789012"},"Action":"*"                             | AssumeRole policy may only specify STS AssumeRole actions, not '*'.
          """,
      quoteCharacter = '\'')
  void aTrustPolicySaysWhoAndNothingElse(String elements, String message) {
    String text = "{\"Statement\":{\"Effect\":\"Allow\",%s}}".formatted(elements);

    assertThatThrownBy(() -> PolicyReader.ofTrust().read(text))
        .isInstanceOf(PolicyException.class)
        .hasMessage(message);
  }

  private static Verdict decide(Principal who, PolicyDocument trust, ApplicablePolicies own) {
    return PolicyEngine.decideAssumption(new Attempt(who, "sts:AssumeRole", ROLE), trust, own);
  }

  private static PolicyDocument trust(String principal) {
    return PolicyReader.ofTrust()
        .read(
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"%s\"},\"Action\":\"sts:AssumeRole\"}]}"
                .formatted(principal));
  }

  private static PolicyDocument identity(String effect) {
    return PolicyReader.ofIdentity(PolicySize.MANAGED)
        .read(
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"%s\",\"Action\":\"sts:*\",\"Resource\":\"*\"}]}"
                .formatted(effect));
  }

  private static Principal user(String account) {
    return new Principal(account, "arn:aws:iam::" + account + ":user/ann", "AIDAEXAMPLE", "AKIA");
  }
}
