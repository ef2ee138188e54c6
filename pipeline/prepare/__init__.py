"""What people are handed before they answer: workspace, forms, next cycle, inbox, register rows. It writes inputs.

The functions lie in modules of their own, so that a command loads no more than it needs: `forms.write_forms`,
`init.init`, `new_cycle.new_cycle`, `inbox.inbox`, `register_add.propose_register_row` and `add_register_row`.
"""
