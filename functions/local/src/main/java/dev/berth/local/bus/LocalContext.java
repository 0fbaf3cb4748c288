package dev.berth.local.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.time.Duration;
import java.util.UUID;

/** What a function is told of its invocation, as far as there is something to tell. */
final class LocalContext implements Context {

  private static final System.Logger LOG = System.getLogger(LocalContext.class.getName());
  private static final int MEMORY_MIB = 128;

  private final String function;
  private final Duration longest;
  private final String requestId = UUID.randomUUID().toString();
  private final long began = System.nanoTime();

  /**
   * @param longest that the invocation may take
   */
  LocalContext(String function, Duration longest) {
    this.function = function;
    this.longest = longest;
  }

  @Override
  public String getAwsRequestId() {
    return requestId;
  }

  @Override
  public String getLogGroupName() {
    return "/aws/lambda/" + function;
  }

  @Override
  public String getLogStreamName() {
    return "local";
  }

  @Override
  public String getFunctionName() {
    return function;
  }

  @Override
  public String getFunctionVersion() {
    return "$LATEST";
  }

  @Override
  public String getInvokedFunctionArn() {
    return "arn:aws:lambda:local:000000000000:function:" + function;
  }

  @Override
  public CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getRemainingTimeInMillis() {
    long gone = (System.nanoTime() - began) / 1_000_000;
    return (int) Math.max(0, longest.toMillis() - gone);
  }

  @Override
  public int getMemoryLimitInMB() {
    return MEMORY_MIB;
  }

  @Override
  public LambdaLogger getLogger() {
    return new LambdaLogger() {
      @Override
      public void log(String message) {
        LOG.log(System.Logger.Level.INFO, "{0}: {1}", function, message);
      }

      @Override
      public void log(byte[] message) {
        log(new String(message, UTF_8));
      }
    };
  }
}
