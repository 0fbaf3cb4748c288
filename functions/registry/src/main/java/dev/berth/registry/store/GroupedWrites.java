package dev.berth.registry.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Many small transactions in few calls: groups of actions, each of which happens whole or not at
 * all, and none of which minds whether another one does.
 */
public final class GroupedWrites {

  private GroupedWrites() {}

  /**
   * @param groups of 1 to {@link Table#MOST} actions, on different items all
   * @return the positions, from 0, of the groups that were committed; the others were refused
   */
  public static Set<Integer> commit(Table table, List<List<Action>> groups) {
    Set<Integer> committed = new TreeSet<>();
    Map<Integer, List<Action>> together = new LinkedHashMap<>();
    int actions = 0;
    for (int i = 0; i < groups.size(); i++) {
      if (actions + groups.get(i).size() > Table.MOST) {
        committed.addAll(commitTogether(table, together));
        together.clear();
        actions = 0;
      }
      together.put(i, groups.get(i));
      actions += groups.get(i).size();
    }
    committed.addAll(commitTogether(table, together));
    return committed;
  }

  /** In one transaction, without those that it is refused for. */
  private static Set<Integer> commitTogether(Table table, Map<Integer, List<Action>> groups) {
    Map<Integer, List<Action>> rest = new LinkedHashMap<>(groups);
    while (!rest.isEmpty()) {
      List<Integer> owners = new ArrayList<>();
      List<Action> actions = new ArrayList<>();
      rest.forEach(
          (group, its) ->
              its.forEach(
                  action -> {
                    owners.add(group);
                    actions.add(action);
                  }));
      if (!(table.transact(actions) instanceof Outcome.Refused refused)) {
        break;
      }
      refused.actions().stream().map(owners::get).forEach(rest::remove);
    }
    return rest.keySet();
  }
}
