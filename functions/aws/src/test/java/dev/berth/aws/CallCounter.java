package dev.berth.aws;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Counts the requests that an SDK client sends, retries included, by service and operation, for
 * example {@code DynamoDb.GetItem}. To be added to the client's override configuration.
 */
public final class CallCounter implements ExecutionInterceptor {

  private final Map<String, Integer> calls = new TreeMap<>();

  @Override
  public synchronized void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
    String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    calls.merge(service + "." + operation, 1, Integer::sum);
  }

  /** The calls since the last time this was asked. */
  public synchronized Map<String, Integer> take() {
    Map<String, Integer> taken = Map.copyOf(calls);
    calls.clear();
    return taken;
  }
}
