package dev.berth.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.policy.PolicyDocument.Version;
import dev.berth.core.policy.PolicyPrincipal.Account;
import dev.berth.core.policy.PolicyPrincipal.Anyone;
import dev.berth.core.policy.PolicyPrincipal.Federated;
import dev.berth.core.policy.PolicyPrincipal.Identity;
import dev.berth.core.policy.PolicyPrincipal.Service;
import dev.berth.core.policy.condition.Arn;
import dev.berth.core.policy.condition.RequestContext;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is read of policies that are valid. */
class PolicyReaderTest {

  private static final String STATEMENT =
      """
      {"Effect":"Allow","Principal":"*","Action":"ecr:*"}\
      """;

  private static PolicyDocument repository(String text) {
    return PolicyReader.ofRepository().read(text);
  }

  private static Statement statement(String elements) {
    return repository("{\"Statement\":{%s}}".formatted(elements)).statements().getFirst();
  }

  private static List<PolicyPrincipal> principals(String json) {
    return statement("\"Effect\":\"Deny\",\"Principal\":%s,\"Action\":\"ecr:*\"".formatted(json))
        .principals()
        .orElseThrow()
        .entries();
  }

  @Test
  void oneStatementNeedsNoList() {
    assertThat(repository("{\"Statement\":" + STATEMENT + "}").statements()).hasSize(1);
    assertThat(repository("{\"Statement\":[" + STATEMENT + "]}").statements()).hasSize(1);
  }

  @Test
  void aPolicyWithoutVersionIsOfTheFirstOne() {
    assertThat(repository("{\"Statement\":" + STATEMENT + "}").version())
        .isEqualTo(Version.V2008_10_17);
    assertThat(repository("{\"Version\":\"2012-10-17\",\"Statement\":" + STATEMENT + "}").version())
        .isEqualTo(Version.V2012_10_17);
  }

  @Test
  void theTextIsIndentedAsEcrDoes() {
    String written =
        """
        {"Version":"2008-10-17","Statement":[{"Sid":"new statement","Effect":"Allow",
        "Principal":{"AWS":"arn:aws:iam::012345678901:role/CodeDeployDemo"},
        "Action":["ecr:GetDownloadUrlForLayer","ecr:BatchGetImage"]}]}\
        """;

    assertThat(repository(written).text())
        .isEqualTo(
            """
            {
              "Version" : "2008-10-17",
              "Statement" : [ {
                "Sid" : "new statement",
                "Effect" : "Allow",
                "Principal" : {
                  "AWS" : "arn:aws:iam::012345678901:role/CodeDeployDemo"
                },
                "Action" : [ "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage" ]
              } ]
            }\
            """);
  }

  @Test
  void theTextReadsAsTheSamePolicy() {
    PolicyDocument policy =
        repository(
            """
            {"Id":"i","Statement":{"Effect":"Deny","Principal":"*","Action":"ecr:*",
            "Condition":{"NumericLessThan":{"s3:max-keys":[1.50,10,true]}}}}\
            """);

    assertThat(repository(policy.text()).text()).isEqualTo(policy.text());
  }

  @Test
  void everyKindOfPrincipalIsRead() {
    assertThat(principals("\"*\"")).containsExactly(new Anyone());
    assertThat(
            principals(
                """
                {"AWS":["111122223333","arn:aws:iam::111122223333:root","*",
                "arn:aws-cn:iam::111122223333:user/team/ann",
                "arn:aws:iam::111122223333:role/ci",
                "arn:aws:sts::111122223333:assumed-role/ci/run-1"],
                "Service":"ecs.amazonaws.com",
                "Federated":"arn:aws:iam::111122223333:saml-provider/corp"}\
                """))
        .containsExactly(
            new Account("111122223333"),
            new Account("111122223333"),
            new Anyone(),
            new Identity("arn:aws-cn:iam::111122223333:user/team/ann"),
            new Identity("arn:aws:iam::111122223333:role/ci"),
            new Identity("arn:aws:sts::111122223333:assumed-role/ci/run-1"),
            new Service("ecs.amazonaws.com"),
            new Federated("arn:aws:iam::111122223333:saml-provider/corp"));
  }

  @Test
  void notActionAndNotPrincipalAreEverythingElse() {
    Statement statement =
        statement(
            "\"Effect\":\"Deny\",\"NotPrincipal\":{\"AWS\":\"111122223333\"},"
                + "\"NotAction\":[\"ecr:BatchGetImage\"]");

    assertThat(statement.principals().orElseThrow().inverted()).isTrue();
    assertThat(statement.actions().selects(action -> action.matches("ecr:BatchGetImage")))
        .isFalse();
    assertThat(statement.actions().selects(action -> action.matches("ecr:PutImage"))).isTrue();
  }

  @Test
  void allConditionsOfABlockMustHoldWhateverTheTypeOfTheirValues() {
    Statement statement =
        statement(
            """
            "Effect":"Deny","Principal":"*","Action":"ecr:*","Condition":
            {"StringEquals":{"aws:b":"x","aws:a":["y",7]},"Bool":{"aws:SecureTransport":false}}\
            """);
    var context = RequestContext.builder().with("aws:a", "7").with("aws:securetransport", "false");

    assertThat(statement.conditions()).hasSize(3);
    assertThat(holds(statement, context.build())).isFalse();
    assertThat(holds(statement, context.with("aws:b", "x").build())).isTrue();
  }

  private static boolean holds(Statement statement, RequestContext context) {
    return statement.conditions().stream().allMatch(condition -> condition.holds(context));
  }

  @Test
  void aRegistryPolicyNamesRepositoriesOfItsRegistry() {
    PolicyDocument policy =
        PolicyReader.ofRegistry("123456789012", "us-west-2")
            .read(
                """
                {"Statement":{"Effect":"Allow","Principal":{"AWS":"111122223333"},
                "Action":"ecr:ReplicateImage",
                "Resource":"arn:aws:ecr:us-west-2:123456789012:repository/prod-*"}}\
                """);
    Optional<Selection<ResourcePattern>> resources = policy.statements().getFirst().resources();

    assertThat(resources).isPresent();
    assertThat(selects(resources.get(), "prod-app")).isTrue();
    assertThat(selects(resources.get(), "test-app")).isFalse();
  }

  private static boolean selects(Selection<ResourcePattern> resources, String repository) {
    String arn = "arn:aws:ecr:us-west-2:123456789012:repository/" + repository;
    return resources.selects(resource -> resource.matches(Arn.parse(arn), RequestContext.EMPTY));
  }

  @Test
  void sidsMayRepeat() {
    assertThat(repository("{\"Statement\":[%s,%s]}".formatted(STATEMENT, STATEMENT)).statements())
        .hasSize(2);
  }

  @Test
  void aPolicyThatIsTooLongIsRefused() {
    String longest =
        "{\"Statement\":"
            + STATEMENT
            + "}"
            + " ".repeat(PolicyReader.LONGEST - STATEMENT.length() - 14);
    assertThat(longest).hasSize(PolicyReader.LONGEST);

    assertThat(repository(longest).statements()).hasSize(1);
    assertThatThrownBy(() -> repository(longest + " ")).isInstanceOf(PolicyException.class);
  }
}
