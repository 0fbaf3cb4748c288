package dev.berth.infra;

import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** One deployment: the registries of one region. */
final class BerthStack extends Stack {

  BerthStack(Construct scope, String id, StackProps properties) {
    super(scope, id, properties);
    var storage = new Storage(this, "Storage");
    output("Table", "BERTH_TABLE of berth up", storage.table().getTableName());
    output("Bucket", "BERTH_BUCKET of berth up", storage.bucket().getBucketName());
  }

  private void output(String name, String description, String value) {
    CfnOutput.Builder.create(this, name).description(description).value(value).build();
  }
}
