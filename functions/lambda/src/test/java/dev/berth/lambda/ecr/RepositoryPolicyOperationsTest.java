package dev.berth.lambda.ecr;

import static dev.berth.lambda.ecr.SdkRegistry.ACCOUNT;
import static dev.berth.lambda.ecr.SdkRegistry.assertInvalid;
import static dev.berth.lambda.ecr.SdkRegistry.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lambda.Authorizers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.RepositoryPolicyNotFoundException;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyResponse;

/** SetRepositoryPolicy, GetRepositoryPolicy, DeleteRepositoryPolicy. */
class RepositoryPolicyOperationsTest {

  static final String PULL =
      """
      {"Version":"2008-10-17","Statement":[{"Sid":"AllowPull","Effect":"Allow","Principal":"*",\
      "Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"]}]}\
      """;

  private static final String PULL_AS_ANSWERED =
      """
      {
        "Version" : "2008-10-17",
        "Statement" : [ {
          "Sid" : "AllowPull",
          "Effect" : "Allow",
          "Principal" : "*",
          "Action" : [ "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer" ]
        } ]
      }\
      """;

  private static final String DENY_ALL =
      """
      {"Statement":{"Effect":"Deny","Principal":"*","Action":"ecr:*"}}\
      """;

  private static final String NO_POLICY =
      "Repository policy does not exist for the repository with name 'app' in the registry with id"
          + " '123456789012'";

  private final SdkRegistry registry = new SdkRegistry();
  private final EcrClient ecr = registry.ecr;

  @AfterEach
  void close() {
    registry.close();
  }

  private SetRepositoryPolicyResponse set(String policy) {
    return ecr.setRepositoryPolicy(r -> r.repositoryName("app").policyText(policy));
  }

  private String policy() {
    return ecr.getRepositoryPolicy(r -> r.repositoryName("app")).policyText();
  }

  @Test
  void aPolicyIsAnsweredIndented() {
    registry.create("app");

    SetRepositoryPolicyResponse set = set(PULL);

    assertThat(set.registryId()).isEqualTo(ACCOUNT);
    assertThat(set.repositoryName()).isEqualTo("app");
    assertThat(set.policyText()).isEqualTo(PULL_AS_ANSWERED);
    assertThat(policy()).isEqualTo(PULL_AS_ANSWERED);
  }

  @Test
  void aPolicyTakesThePlaceOfTheOneBefore() {
    registry.create("app");
    set(PULL);

    set(PULL.replace("AllowPull", "Later"));

    assertThat(policy()).contains("Later").doesNotContain("AllowPull");
  }

  @Test
  void aDeletedPolicyIsAnsweredOnceMore() {
    registry.create("app");
    set(PULL);

    assertThat(ecr.deleteRepositoryPolicy(r -> r.repositoryName("app")).policyText())
        .isEqualTo(PULL_AS_ANSWERED);
    assertRefused(RepositoryPolicyNotFoundException.class, NO_POLICY, this::policy);
  }

  @Test
  void aRepositoryWithoutPolicyHasNoneToDelete() {
    registry.create("app");

    assertRefused(
        RepositoryPolicyNotFoundException.class,
        NO_POLICY,
        () -> ecr.deleteRepositoryPolicy(r -> r.repositoryName("app")));
  }

  @Test
  void aRepositoryThatIsMadeAnewHasNoPolicy() {
    registry.create("app");
    set(PULL);
    ecr.deleteRepository(r -> r.repositoryName("app"));

    registry.create("app");

    assertRefused(RepositoryPolicyNotFoundException.class, NO_POLICY, this::policy);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not json",
        "{}",
        "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}}"
      })
  void aTextThatIsNoRepositoryPolicyIsRefused(String text) {
    registry.create("app");

    assertInvalid("PolicyText", "Invalid repository policy provided", () -> set(text));
  }

  @Test
  void theRefusalHasTheReasonInAMemberOfItsOwn() {
    var raw =
        new RawEcrClient(
            SetRepositoryPolicy.Request.class,
            new SetRepositoryPolicy(null),
            Authorizers.withoutPolicies());

    var answer =
        raw.call("SetRepositoryPolicy", "{\"repositoryName\":\"app\",\"policyText\":\"{}\"}");

    assertThat(answer.json().path("reason").asText())
        .isEqualTo("the policy must have the element 'Statement'");
  }

  @Test
  void aPolicyHasTheModelsLength() {
    assertInvalid(
        "policyText",
        "must have length less than or equal to 10240",
        () -> set(" ".repeat(10_241)));
  }

  @Test
  void aPolicyThatLocksTheCallerOutNeedsForce() {
    registry.create("app");

    assertInvalid(
        "PolicyText",
        "The policy would prevent you from setting another policy in the future; to set it"
            + " nevertheless, use force",
        () -> set(DENY_ALL));
    ecr.setRepositoryPolicy(r -> r.repositoryName("app").policyText(DENY_ALL).force(true));
    assertThat(policy()).contains("Deny");
  }
}
