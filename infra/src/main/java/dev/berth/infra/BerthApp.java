package dev.berth.infra;

import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;

/** What {@code cdk} runs: one deployment, in the account and region of the caller's credentials. */
public final class BerthApp {

  private BerthApp() {}

  public static void main(String[] arguments) {
    var app = new App();
    var environment =
        Environment.builder()
            .account(System.getenv("CDK_DEFAULT_ACCOUNT"))
            .region(System.getenv("CDK_DEFAULT_REGION"))
            .build();
    new BerthStack(
        app,
        "Berth",
        StackProps.builder()
            .env(environment)
            .description("A container registry that you own, with Amazon ECR's API")
            .build());
    app.synth();
  }
}
