/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Landlock rules: the tracepoint of what they deny.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM landlock_rule

#if !defined(_TRACE_LANDLOCK_RULE_H) || defined(TRACE_HEADER_MULTI_READ)
#define _TRACE_LANDLOCK_RULE_H

#include <linux/tracepoint.h>
#include <uapi/linux/landlock_rule.h>

/**
 * landlock_rule_denied - a rule's denial was answered to the current task
 * @record: see &struct landlock_rule_denial; its pid and lost are not set.
 * @prog_id: id of the rule, as in &struct bpf_prog_info.
 */
TRACE_EVENT(landlock_rule_denied,
	TP_PROTO(const struct landlock_rule_denial *record, u32 prog_id),
	TP_ARGS(record, prog_id),
	TP_STRUCT__entry(
		__field(u32, prog_id)
		__field(u32, event)
		__field(u64, arg2)
		__field(u64, arg3)
		__array(char, name, 16)
		__string(path, record->size > sizeof(*record) ?
			 record->path : "")
	),
	TP_fast_assign(
		__entry->prog_id = prog_id;
		__entry->event = record->event;
		__entry->arg2 = record->arg2;
		__entry->arg3 = record->arg3;
		memcpy(__entry->name, record->name, sizeof(record->name));
		__assign_str(path);
	),
	TP_printk("rule=%u name=%.16s event=%u arg2=%#llx arg3=%#llx path=%s",
		  __entry->prog_id, __entry->name, __entry->event,
		  __entry->arg2, __entry->arg3, __get_str(path))
);

#endif /* _TRACE_LANDLOCK_RULE_H */

#include <trace/define_trace.h>
