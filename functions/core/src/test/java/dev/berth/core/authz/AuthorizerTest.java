package dev.berth.core.authz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.authz.Authorizer.Decision;
import dev.berth.core.authz.Authorizer.Decision.Allowed;
import dev.berth.core.authz.Authorizer.Decision.Denied;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizerTest {

  private static final String OWN = "arn:aws:ecr:us-east-1:123456789012:repository/app";

  @ParameterizedTest
  @ValueSource(strings = {OWN, "*", "arn:aws:ecr:eu-west-1:123456789012:repository/*"})
  void rootMayDoAllInItsOwnAccount(String resource) {
    assertThat(decide(resource)).isInstanceOf(Allowed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:ecr:us-east-1:999999999999:repository/app",
        "arn:aws:ecr:us-east-1:999999999999:repository/a:123456789012:b",
        "arn:aws:ecr:123456789012:999999999999:repository/app",
        "arn:aws:ecr:us-east-1::123456789012:repository/app",
        "repository/:123456789012:app",
        ""
      })
  void rootMayDoNothingInAnotherAccountWhateverItsResourcesAreCalled(String resource) {
    assertThat(decide(resource)).isInstanceOf(Denied.class);
  }

  @Test
  void aDenialNamesWhoWhatAndWhere() {
    String resource = "arn:aws:ecr:us-east-1:999999999999:repository/app";
    assertThat(decide(resource))
        .isEqualTo(
            new Denied(
                "User: arn:aws:iam::123456789012:root is not authorized to perform: ecr:PutImage on"
                    + " resource: "
                    + resource
                    + " because no resource-based policy allows the ecr:PutImage action"));
  }

  private static Decision decide(String resource) {
    Principal root = Principal.root("123456789012", "AKIAEXAMPLE");
    return Authorizer.rootOnly().decide(new Attempt(root, "ecr:PutImage", resource));
  }
}
